import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { and, eq, gte, lt, sql } from "drizzle-orm";
import { wechatpayBillFiles, wechatpayOrders, wechatpayRefunds } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import type { Account } from "./accounts.ts";
import { fundBill } from "./fund-bill.ts";
import type { OrderRow } from "./order-state.ts";
import type { SignedRequest } from "./serve.ts";
import { type RefundOfOrder, tradeBill, tradeBillTypes } from "./trade-bill.ts";
import { invalidRequest, paramError, WechatPayError } from "./wire-error.ts";
import { beijingDay, dayMs } from "./wire-time.ts";

const gzipAsync = promisify(gzip);

/** A day's bills are made at nine in the morning of the next. @see 「申请交易账单」 */
const readyAfterMs = dayMs + 9 * 3_600_000;
const keptMs = 92 * dayMs;
const linkLifeMs = 5 * 60_000;

interface BillRequest {
  readonly from: Date;
  readonly until: Date;
  readonly isGzip: boolean;
}

/** @throws WechatPayError when the query is wrong or the day has no bill (yet) */
export async function applyTradeBill(db: SimulatorDb, request: SignedRequest): Promise<Record<string, string>> {
  const day = readBillRequest(request);
  const wanted = request.url.searchParams.get("bill_type") ?? "ALL";
  const type = tradeBillTypes.find((known) => known === wanted);
  if (!type) throw paramError("query", "bill_type", "账单类型", "枚举规则校验失败", wanted);
  const { mchid } = request.account;
  const file = tradeBill(type, await paymentsOf(db, mchid, day), await refundsOf(db, mchid, day, "createdAt"));
  return publish(db, request, day, file);
}

/** @throws WechatPayError when the query is wrong or the day has no bill (yet) */
export async function applyFundBill(db: SimulatorDb, request: SignedRequest): Promise<Record<string, string>> {
  const day = readBillRequest(request);
  const accountType = request.url.searchParams.get("account_type") ?? "BASIC";
  if (!["BASIC", "OPERATION", "FEES"].includes(accountType)) {
    throw paramError("query", "account_type", "资金账户类型", "枚举规则校验失败", accountType);
  }
  // Everything here happens on the basic account: the others never move.
  if (accountType !== "BASIC") return publish(db, request, day, undefined);
  const { mchid } = request.account;
  const refunds = (await refundsOf(db, mchid, day, "successTime")).filter(({ refund }) => refund.status === "SUCCESS");
  const file = fundBill(await paymentsOf(db, mchid, day), refunds, await balanceBefore(db, mchid, day.from));
  return publish(db, request, day, file);
}

/** The file behind a download_url, for the merchant that applied for it. @throws WechatPayError */
export async function downloadBill(db: SimulatorDb, account: Account, token: string, now: Date): Promise<Buffer> {
  const [file] = await db.select().from(wechatpayBillFiles).where(eq(wechatpayBillFiles.token, token));
  if (!file || file.mchid !== account.mchid || file.expiresAt <= now) {
    throw invalidRequest("下载链接无效或已过期，请重新申请账单");
  }
  return file.isGzip ? gzipAsync(file.body) : file.body;
}

function readBillRequest({ url, now }: SignedRequest): BillRequest {
  const date = url.searchParams.get("bill_date") ?? "";
  const from = beijingDay(date);
  if (!from) throw paramError("query", "bill_date", "账单日期", "格式规则校验失败，应为 yyyy-MM-dd", date);
  const tarType = url.searchParams.get("tar_type");
  if (tarType !== null && tarType !== "GZIP") {
    throw paramError("query", "tar_type", "压缩类型", "枚举规则校验失败", tarType);
  }
  const ageMs = now.getTime() - from.getTime();
  if (ageMs < dayMs) throw invalidRequest("账单日期不能是当天或将来的日期");
  if (ageMs < readyAfterMs) throw new WechatPayError(400, "STATEMENT_CREATING", "账单生成中，请稍后重试");
  if (ageMs > keptMs) throw invalidRequest("账单日期超过三个月");
  return { from, until: new Date(from.getTime() + dayMs), isGzip: tarType === "GZIP" };
}

async function publish(db: SimulatorDb, request: SignedRequest, bill: BillRequest, file: Buffer | undefined) {
  if (!file) throw new WechatPayError(400, "NO_STATEMENT_EXIST", "账单文件不存在");
  const { account, now, url } = request;
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + linkLifeMs);
  await db.delete(wechatpayBillFiles).where(lt(wechatpayBillFiles.expiresAt, now));
  await db
    .insert(wechatpayBillFiles)
    .values({ token, mchid: account.mchid, isGzip: bill.isGzip, body: file, expiresAt });
  const root = url.origin + url.pathname.slice(0, url.pathname.lastIndexOf("/v3/"));
  return {
    // Over the file as it is read, also when it travels compressed.
    hash_type: "SHA1",
    hash_value: createHash("sha1").update(file).digest("hex"),
    download_url: `${root}/v3/billdownload/file?token=${token}${bill.isGzip ? "&tartype=gzip" : ""}`,
  };
}

function paymentsOf(db: SimulatorDb, mchid: string, day: BillRequest): Promise<OrderRow[]> {
  const { successTime } = wechatpayOrders;
  return db
    .select()
    .from(wechatpayOrders)
    .where(and(eq(wechatpayOrders.mchid, mchid), gte(successTime, day.from), lt(successTime, day.until)))
    .orderBy(successTime, wechatpayOrders.outTradeNo);
}

function refundsOf(
  db: SimulatorDb,
  mchid: string,
  day: BillRequest,
  by: "createdAt" | "successTime",
): Promise<RefundOfOrder[]> {
  const at = wechatpayRefunds[by];
  return db
    .select({ refund: wechatpayRefunds, order: wechatpayOrders })
    .from(wechatpayRefunds)
    .innerJoin(
      wechatpayOrders,
      and(
        eq(wechatpayOrders.mchid, wechatpayRefunds.mchid),
        eq(wechatpayOrders.outTradeNo, wechatpayRefunds.outTradeNo),
      ),
    )
    .where(and(eq(wechatpayRefunds.mchid, mchid), gte(at, day.from), lt(at, day.until)))
    .orderBy(at, wechatpayRefunds.outRefundNo);
}

/** Rounds every fee by itself, as it was taken. */
async function balanceBefore(db: SimulatorDb, mchid: string, at: Date): Promise<number> {
  const net = (column: typeof wechatpayOrders.paidTotal | typeof wechatpayRefunds.refund) =>
    sql<string>`coalesce(sum(${column} - round(${column} * 0.006)), 0)`;
  const [income] = await db
    .select({ fen: net(wechatpayOrders.paidTotal) })
    .from(wechatpayOrders)
    .where(and(eq(wechatpayOrders.mchid, mchid), lt(wechatpayOrders.successTime, at)));
  const [spent] = await db
    .select({ fen: net(wechatpayRefunds.refund) })
    .from(wechatpayRefunds)
    .where(and(eq(wechatpayRefunds.mchid, mchid), lt(wechatpayRefunds.successTime, at)));
  return Number(income?.fen ?? 0) - Number(spent?.fen ?? 0);
}
