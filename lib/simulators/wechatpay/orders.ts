import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { wechatpayOrders } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import type { Account } from "./accounts.ts";
import { type OrderParameters, type Product, products } from "./order-parameters.ts";
import { isUnpaid, type OrderRow, payabilityAt, tradeStateAt } from "./order-state.ts";
import { newNonce } from "./signature.ts";
import { invalidRequest, orderClosed, orderNotExist, orderPaid, WechatPayError } from "./wire-error.ts";
import { compactTime } from "./wire-time.ts";

/** What a query says of an order that nobody has tried to pay. */
export const untriedDescription = "订单未支付";

/** Places an order, or gives an unpaid one with the same parameters again. @throws WechatPayError */
export async function placeOrder(
  db: SimulatorDb,
  account: Account,
  product: Product,
  parameters: OrderParameters,
  now: Date,
): Promise<OrderRow> {
  const { digest, ...columns } = parameters;
  if (!parameters.timeExpire || parameters.timeExpire > now) {
    const [placed] = await db
      .insert(wechatpayOrders)
      .values({
        ...columns,
        mchid: account.mchid,
        prepayCode: newPrepayCode(product, now),
        tradeType: products[product],
        parameterDigest: digest,
        openid: parameters.openid ?? shopperOpenid(account.mchid),
        createdAt: now,
        issuedAt: now,
        tradeState: "NOTPAY",
        tradeStateDesc: untriedDescription,
      })
      .onConflictDoNothing({ target: [wechatpayOrders.mchid, wechatpayOrders.outTradeNo] })
      .returning();
    if (placed) return placed;
  }
  const earlier = await findOrder(db, account.mchid, parameters.outTradeNo);
  if (!earlier) throw orderExpired();
  return reissue(db, earlier, product, digest, now);
}

async function reissue(db: SimulatorDb, order: OrderRow, product: Product, digest: string, now: Date) {
  if (order.tradeType !== products[product]) throw new WechatPayError(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  if (tradeStateAt(order, now).state === "CLOSED") throw orderClosed();
  if (!isUnpaid(order)) throw orderPaid();
  if (order.parameterDigest !== digest) {
    throw invalidRequest("请求重入时，参数与首次请求时不一致", 268_498_688);
  }
  if (order.timeExpire && order.timeExpire <= now) throw orderExpired();
  const [renewed] = await db
    .update(wechatpayOrders)
    .set({ issuedAt: now })
    .where(and(sameOrder(order), eq(wechatpayOrders.tradeState, "NOTPAY")))
    .returning();
  if (!renewed) throw orderPaid();
  return renewed;
}

const orderExpired = () => invalidRequest("订单已过交易结束时间", 268_447_914);

/** What the placing of an order answers, by product. */
export function placedJson(order: OrderRow, product: Product, publicUrl: string): Record<string, string> {
  switch (product) {
    case "native":
      return { code_url: codeUrlPrefix + order.prepayCode };
    case "h5": {
      const query = new URLSearchParams({ prepay_id: order.prepayCode, package: order.prepayCode.slice(-10) });
      return { h5_url: `${publicUrl}/sandbox/wechatpay/h5?${query}` };
    }
    case "jsapi":
    case "app":
      return { prepay_id: order.prepayCode };
  }
}

export const codeUrlPrefix = "weixin://wxpay/bizpayurl?pr=";

/** @throws WechatPayError when it can't be closed */
export async function closeOrder(db: SimulatorDb, mchid: string, outTradeNo: string, now: Date): Promise<void> {
  const [closed] = await db
    .update(wechatpayOrders)
    .set({ tradeState: "CLOSED", tradeStateDesc: "订单已关闭", payDueAt: null })
    .where(
      and(
        eq(wechatpayOrders.mchid, mchid),
        eq(wechatpayOrders.outTradeNo, outTradeNo),
        eq(wechatpayOrders.tradeState, "NOTPAY"),
      ),
    )
    .returning({ outTradeNo: wechatpayOrders.outTradeNo });
  if (closed) return;
  const order = await findOrder(db, mchid, outTradeNo);
  if (!order) throw orderNotExist();
  throw payabilityAt(order, now) === "paid" ? orderPaid() : orderClosed();
}

export async function findOrder(db: SimulatorDb, mchid: string, outTradeNo: string): Promise<OrderRow | undefined> {
  const [order] = await db
    .select()
    .from(wechatpayOrders)
    .where(and(eq(wechatpayOrders.mchid, mchid), eq(wechatpayOrders.outTradeNo, outTradeNo)));
  return order;
}

export async function findTransaction(db: SimulatorDb, mchid: string, id: string): Promise<OrderRow | undefined> {
  const [order] = await db.select().from(wechatpayOrders).where(eq(wechatpayOrders.transactionId, id));
  return order?.mchid === mchid ? order : undefined;
}

export async function findByPrepayCode(db: SimulatorDb, code: string): Promise<OrderRow | undefined> {
  const [order] = await db.select().from(wechatpayOrders).where(eq(wechatpayOrders.prepayCode, code));
  return order;
}

export function sameOrder(order: Pick<OrderRow, "mchid" | "outTradeNo">) {
  return and(eq(wechatpayOrders.mchid, order.mchid), eq(wechatpayOrders.outTradeNo, order.outTradeNo));
}

function newPrepayCode(product: Product, now: Date): string {
  return product === "native" ? `${newNonce(14)}zz` : `wx${compactTime(now)}${newNonce(16).toLowerCase()}0000`;
}

/** The same test shopper pays every order of an account that names no payer. */
function shopperOpenid(mchid: string): string {
  return `o${createHash("sha256").update(mchid).digest("base64url").slice(0, 27)}`;
}
