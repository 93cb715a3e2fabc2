import { certificateValidity } from "./accounts.ts";
import { noContent, ok } from "./answer.ts";
import { applyFundBill, applyTradeBill, downloadBill } from "./bills.ts";
import { type Product, readOrderParameters } from "./order-parameters.ts";
import { orderJson } from "./order-state.ts";
import { closeOrder, findOrder, findTransaction, placedJson, placeOrder } from "./orders.ts";
import { refundJson } from "./refund-json.ts";
import { applyRefund, findRefund, readRefundParameters } from "./refunds.ts";
import type { Endpoint, SignedRequest } from "./serve.ts";
import { encryptResource } from "./signature.ts";
import { orderNotExist, paramError, WechatPayError } from "./wire-error.ts";
import { rfc3339 } from "./wire-time.ts";

const noReferences = () => [];
const outTradeNoInPath = (request: SignedRequest) => [request.path("outTradeNo")];
const inBody = (field: string, request: SignedRequest) => request.body.peek(field);

export const place = (product: Product): Endpoint => ({
  operation: "pay",
  references: (request) => [inBody("out_trade_no", request)],
  async handle(request, { db, publicUrl }) {
    const parameters = readOrderParameters(request.body, product, request.account);
    const order = await placeOrder(db, request.account, product, parameters, request.now);
    return ok(placedJson(order, product, publicUrl));
  },
});

export const queryByOutTradeNo: Endpoint = {
  operation: "query",
  references: outTradeNoInPath,
  async handle(request, { db }) {
    requireMchid(request);
    const order = await findOrder(db, request.account.mchid, request.path("outTradeNo"));
    if (!order) throw orderNotExist();
    return ok(orderJson(order, request.now));
  },
};

export const queryById: Endpoint = {
  operation: "query",
  references: noReferences,
  async handle(request, { db }) {
    requireMchid(request);
    const order = await findTransaction(db, request.account.mchid, request.path("transactionId"));
    if (!order) throw orderNotExist();
    return ok(orderJson(order, request.now));
  },
};

export const close: Endpoint = {
  operation: "close",
  references: outTradeNoInPath,
  async handle(request, { db }) {
    request.body.ownMchid(request.account.mchid);
    await closeOrder(db, request.account.mchid, request.path("outTradeNo"), request.now);
    return noContent;
  },
};

export const refund: Endpoint = {
  operation: "refund",
  references: (request) => [inBody("out_refund_no", request), inBody("out_trade_no", request)],
  async handle(request, { db }) {
    const parameters = readRefundParameters(request.body);
    return ok(refundJson(await applyRefund(db, request.account, parameters, request.now)));
  },
};

export const queryRefund: Endpoint = {
  operation: "query_refund",
  references: (request) => [request.path("outRefundNo")],
  async handle(request, { db }) {
    const found = await findRefund(db, request.account.mchid, request.path("outRefundNo"));
    if (!found) throw new WechatPayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
    return ok(refundJson(found));
  },
};

export const certificates: Endpoint = {
  operation: "any",
  references: noReferences,
  async handle({ account }) {
    const { from, until } = certificateValidity(account);
    return ok({
      data: [
        {
          serial_no: account.certificateSerialNo,
          effective_time: rfc3339(from),
          expire_time: rfc3339(until),
          encrypt_certificate: encryptResource(account.certificate, account.apiv3Key, "certificate"),
        },
      ],
    });
  },
};

export const tradeBill: Endpoint = {
  operation: "statement",
  references: noReferences,
  handle: async (request, { db }) => ok(await applyTradeBill(db, request)),
};

export const fundFlowBill: Endpoint = {
  operation: "statement",
  references: noReferences,
  handle: async (request, { db }) => ok(await applyFundBill(db, request)),
};

export const billFile: Endpoint = {
  operation: "statement",
  references: noReferences,
  async handle({ account, url, now }, { db }) {
    return { status: 200, file: await downloadBill(db, account, url.searchParams.get("token") ?? "", now) };
  },
};

export const unknownPath: Endpoint = {
  operation: "any",
  references: noReferences,
  async handle() {
    throw new WechatPayError(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在");
  },
};

function requireMchid({ url, account }: SignedRequest): void {
  const mchid = url.searchParams.get("mchid");
  if (!mchid) throw paramError("query", "mchid", "直连商户号", "必填性规则校验失败，此字段为必填项");
  if (mchid !== account.mchid) throw orderNotExist();
}
