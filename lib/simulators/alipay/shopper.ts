import { eq } from "drizzle-orm";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { alipayTrades } from "#db/schema/sim-alipay";
import type { ShopperAct } from "../simulator.ts";
import type { Account } from "./accounts.ts";
import { openTrade, payTrade } from "./pay-trade.ts";
import type { Provider } from "./provider.ts";
import { signedReturnUrl } from "./return-url.ts";
import { canOpen, statusAt, type Trade } from "./trade-state.ts";
import { lockTrade, updateTrade } from "./trades.ts";
import { yuan } from "./yuan.ts";

type TradeKey = Pick<Trade, "appId" | "outTradeNo">;

/** The wallet's words for why a payment did not go through, by the reasons that a test may ask for. */
const failureCodes: Readonly<Record<string, string>> = {
  insufficient_funds: "ACQ.BUYER_BALANCE_NOT_ENOUGH",
  limit_exceeded: "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
  suspected_fraud: "ACQ.PAYMENT_REQUEST_HAS_RISK",
  method_unavailable: "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE",
  authentication_failed: "ACQ.NOT_CERTIFIED_USER",
};

/**
 * What the shopper does with the trade. A shopper who cancels or whose payment fails leaves it waiting and nobody is
 * told: this provider has no failed trades, and the same code may be paid a minute later.
 */
export async function actOn(
  provider: Provider,
  account: Account,
  key: TradeKey,
  act: ShopperAct,
): Promise<Trade | undefined> {
  if (act.act === "pay") return payTrade(provider, account, key, act.afterMs);
  const failureCode = act.act === "fail" ? (failureCodes[act.reason ?? ""] ?? "ACQ.PAYMENT_FAIL") : null;
  const found = await openTrade(provider, key);
  if (!found) return undefined;
  return provider.db.transaction(async (tx) => {
    const trade = await lockTrade(tx, key);
    if (!trade || statusAt(trade, provider.clock.now()) !== "WAIT_BUYER_PAY") return trade;
    return updateTrade(tx, trade, { failureCode, payDueAt: null });
  });
}

/** What a wallet page shows. `status` is CODE_EXPIRED or CALLED_OFF when there is nothing to pay any more. */
async function view(provider: Provider, account: Account, trade: Trade) {
  const now = provider.clock.now();
  const status = statusAt(trade, now);
  return {
    kind: trade.kind,
    status: status === "PREPARED" && !canOpen(trade, now) ? "CODE_EXPIRED" : status,
    amount: yuan(trade.paidAmount ?? trade.amount),
    subject: trade.subject,
    payee: account.label,
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    is_paying: status === "WAIT_BUYER_PAY" && trade.payDueAt !== null,
    failure_code: trade.failureCode,
    refunded: trade.refundedAmount > 0n ? yuan(trade.refundedAmount) : null,
    return_url: await signedReturnUrl(account, trade, now),
    leave_url: trade.quitUrl ?? trade.returnUrl,
  };
}

/** A code, the address that a QR code holds, or the trade_no that a JSAPI page was given. */
async function find(provider: Provider, entry: string): Promise<Trade | undefined> {
  const code = /^(?:https:\/\/qr\.alipay\.com\/)?([0-9a-z]{1,64})$/.exec(entry)?.[1];
  if (!code) return undefined;
  const column = /^\d{28}$/.test(code) ? alipayTrades.tradeNo : alipayTrades.code;
  const [trade] = await provider.db.select().from(alipayTrades).where(eq(column, code));
  return trade;
}

const entryBody = z.object({ code: z.string().max(200) });

const actBody = entryBody.extend({
  act: z.discriminatedUnion("act", [
    z.object({ act: z.literal("pay"), afterMs: z.int().min(0).max(600_000).optional() }),
    z.object({ act: z.literal("cancel") }),
    z.object({ act: z.literal("fail"), reason: z.string().max(64).optional() }),
  ]),
});

/** The wallet's own endpoints, for its pages only. JSON bodies, so that no other site's form can post here. */
export function shopperRoutes(provider: Provider): Hono {
  const routes = new Hono();

  async function answer(c: Context, trade: Trade | undefined): Promise<Response> {
    const account = trade && (await provider.accounts.find(trade.appId));
    if (!trade || !account) return c.json({ error: "not_found" }, 404);
    return c.json(await view(provider, account, trade));
  }

  async function body<T>(c: Context, schema: z.ZodType<T>): Promise<T | undefined> {
    if (!c.req.header("content-type")?.startsWith("application/json")) return undefined;
    return schema.safeParse(await c.req.json().catch(() => undefined)).data;
  }

  routes.get("/trade", async (c) => answer(c, await find(provider, c.req.query("code") ?? "")));

  routes.post("/open", async (c) => {
    const input = await body(c, entryBody);
    if (!input) return c.json({ error: "bad_request" }, 400);
    const trade = await find(provider, input.code);
    return answer(c, trade && (await openTrade(provider, trade)));
  });

  routes.post("/act", async (c) => {
    const input = await body(c, actBody);
    if (!input) return c.json({ error: "bad_request" }, 400);
    const trade = await find(provider, input.code);
    const account = trade && (await provider.accounts.find(trade.appId));
    return answer(c, trade && account && (await actOn(provider, account, trade, input.act)));
  });

  return routes;
}
