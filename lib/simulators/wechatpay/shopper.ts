import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ShopperAct } from "../simulator.ts";
import { isUnpaid, type OrderRow, payabilityAt } from "./order-state.ts";
import { codeUrlPrefix, findByPrepayCode, untriedDescription } from "./orders.ts";
import { NotPayable, shopperActs } from "./payments.ts";
import type { Provider } from "./serve.ts";
import { isSignedBy, jsapiMessage } from "./signature.ts";

/** An H5 link opens the wallet for five minutes. @see 「H5 下单」 */
const h5LifeMs = 5 * 60_000;

const actBody = z.object({
  code: z.string().max(200),
  act: z.enum(["pay", "cancel", "fail"]),
  afterMs: z.int().min(0).max(600_000).optional(),
  reason: z.string().max(64).optional(),
});

const cashierBody = z.object({
  appId: z.string().max(64),
  timeStamp: z.string().max(20),
  nonceStr: z.string().max(64),
  package: z.string().max(200).startsWith("prepay_id="),
  signType: z.literal("RSA"),
  paySign: z.string().max(1000),
});

/** What the wallet's own pages ask for. The code that the shopper was handed is all the authority there is. */
export function shopperRoutes(provider: Provider): Hono {
  const { db, clock } = provider;
  const routes = new Hono();

  routes.get("/payment", async (c) => {
    const order = await findByPrepayCode(db, prepayCodeOf(c.req.query("code") ?? ""));
    if (!order) return problem(c, 404, "unknown_code");
    const opened = c.req.query("entry") === "h5" && clock.now().getTime() >= order.issuedAt.getTime() + h5LifeMs;
    return c.json(await view(provider, order, opened ? "expired" : undefined));
  });

  routes.post("/act", async (c) => {
    const body = actBody.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return problem(c, 400, "bad_request");
    const { code, act, afterMs, reason } = body.data;
    const order = await findByPrepayCode(db, prepayCodeOf(code));
    if (!order) return problem(c, 404, "unknown_code");
    try {
      const acted = await shopperActs(db, order, { act, afterMs, reason } as ShopperAct, clock.now());
      return c.json(await view(provider, acted));
    } catch (error) {
      if (!(error instanceof NotPayable)) throw error;
      // Paid or closed by somebody else in the meantime: the shopper sees what it is now.
      return c.json(await view(provider, (await findByPrepayCode(db, order.prepayCode)) ?? order));
    }
  });

  // What the wallet checks before it opens its cashier for a page.
  routes.post("/cashier", async (c) => {
    const body = cashierBody.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return problem(c, 400, "bad_request");
    const { appId, timeStamp, nonceStr, paySign, package: packageField } = body.data;
    const order = await findByPrepayCode(db, packageField.slice("prepay_id=".length));
    const account = order && (await provider.findAccount(order.mchid));
    if (!order || !account || order.appid !== appId) return problem(c, 404, "unknown_code");
    const message = jsapiMessage(appId, timeStamp, nonceStr, packageField);
    if (!isSignedBy(message, paySign, account.merchantKey)) {
      return problem(c, 400, "bad_signature");
    }
    return c.json({ code: order.prepayCode });
  });
  return routes;
}

/** A scanned code_url, or what stands behind its `pr=`, or a prepay_id. */
function prepayCodeOf(code: string): string {
  const text = code.trim();
  return text.startsWith(codeUrlPrefix) ? text.slice(codeUrlPrefix.length) : text;
}

async function view(provider: Provider, order: OrderRow, override?: "expired") {
  const now = provider.clock.now();
  const account = await provider.findAccount(order.mchid);
  const payability = payabilityAt(order, now);
  return {
    code: order.prepayCode,
    payee: account?.label ?? order.mchid,
    description: order.description,
    amount: order.paidTotal ?? order.total,
    currency: "CNY",
    state: payability === "payable" ? (override ?? (order.payDueAt ? "paying" : "payable")) : payability,
    failure: isUnpaid(order) && order.tradeStateDesc !== untriedDescription ? order.tradeStateDesc : null,
    transaction_id: order.transactionId,
  };
}

function problem(c: Context, status: 400 | 404, error: string) {
  return c.json({ error }, status);
}
