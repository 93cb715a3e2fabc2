import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import {
  billFile,
  certificates,
  close,
  fundFlowBill,
  place,
  queryById,
  queryByOutTradeNo,
  queryRefund,
  refund,
  tradeBill,
  unknownPath,
} from "./endpoints.ts";
import { type Endpoint, type Provider, serve } from "./serve.ts";
import { shopperRoutes } from "./shopper.ts";

const maxBodyBytes = 64 * 1024;

/** The provider's HTTP surface. Mount it with `route()`, which leaves the request's URL alone: signatures cover it. */
export function wechatpayApp(provider: Provider): Hono {
  const app = new Hono();
  const transactions = "/v3/pay/transactions";
  const refunds = "/v3/refund/domestic/refunds";
  const on = (method: "GET" | "POST", path: string, endpoint: Endpoint) =>
    app.on(method, path, (c) => serve(c, provider, endpoint));

  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (c) => c.json({ code: "PARAM_ERROR", message: "请求体过大" }, 413),
    }),
  );
  on("POST", `${transactions}/native`, place("native"));
  on("POST", `${transactions}/jsapi`, place("jsapi"));
  on("POST", `${transactions}/h5`, place("h5"));
  on("POST", `${transactions}/app`, place("app"));
  on("GET", `${transactions}/out-trade-no/:outTradeNo`, queryByOutTradeNo);
  on("POST", `${transactions}/out-trade-no/:outTradeNo/close`, close);
  on("GET", `${transactions}/id/:transactionId`, queryById);
  on("POST", refunds, refund);
  on("GET", `${refunds}/:outRefundNo`, queryRefund);
  on("GET", "/v3/certificates", certificates);
  on("GET", "/v3/bill/tradebill", tradeBill);
  on("GET", "/v3/bill/fundflowbill", fundFlowBill);
  on("GET", "/v3/billdownload/file", billFile);
  on("GET", "/v3/*", unknownPath);
  on("POST", "/v3/*", unknownPath);
  app.route("/shopper", shopperRoutes(provider));
  app.onError((_error, c) => c.body(null, 502));
  return app;
}
