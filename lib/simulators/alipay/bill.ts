import { randomBytes } from "node:crypto";
import { eq, lt } from "drizzle-orm";
import { alipayBillTickets } from "#db/schema/sim-alipay";
import { type Answer, Refusal, success } from "./answers.ts";
import { beijingPeriod, dayMs } from "./beijing.ts";
import { billZip } from "./bill-file.ts";
import { billRows } from "./bill-rows.ts";
import { billContent, parseContent } from "./content.ts";
import type { Call, Provider } from "./provider.ts";

const ticketLifeMs = 30_000;
const nineHoursMs = 9 * 3_600_000;

export const billPath = "/downloadBillFile.resource";

/** A day's bill is there from 9:00 on the next day, a month's from 9:00 on the 3rd of the next month. */
function isReady(date: string, to: Date, now: Date): boolean {
  const waitMs = date.length === "yyyy-MM".length ? 2 * dayMs + nineHoursMs : nineHoursMs;
  return now.getTime() >= to.getTime() + waitMs;
}

/** alipay.data.dataservice.bill.downloadurl.query for trade bills; a day without a trade has no bill. */
export async function billUrl(provider: Provider, call: Call): Promise<Answer> {
  const content = parseContent(billContent, call.content);
  const period = beijingPeriod(content.bill_date);
  // The first code is misspelt at the provider.
  if (content.bill_type !== "trade" || !period) throw new Refusal("40004", "INVAILID_ARGUMENTS", "入参不合法");
  const isAbsent =
    !isReady(content.bill_date, period.to, call.now) ||
    (await billRows(provider.db, call.account.appId, period)).length === 0;
  if (isAbsent) throw new Refusal("40004", "BILL_NOT_EXIST", "账单不存在");
  await provider.db.delete(alipayBillTickets).where(lt(alipayBillTickets.expiresAt, call.now));
  const token = randomBytes(24).toString("hex");
  await provider.db.insert(alipayBillTickets).values({
    token,
    appId: call.account.appId,
    billDate: content.bill_date,
    expiresAt: new Date(call.now.getTime() + ticketLifeMs),
  });
  const query = new URLSearchParams({ bizType: "trade", fileType: "csv.zip", bizDates: content.bill_date, token });
  return success({ bill_download_url: `${call.gatewayUrl}${billPath}?${query}` });
}

/** The zip behind a download address, or undefined when the address is wrong or has run out. */
export async function billDownload(provider: Provider, token: string): Promise<Uint8Array | undefined> {
  const now = provider.clock.now();
  const [ticket] = await provider.db.select().from(alipayBillTickets).where(eq(alipayBillTickets.token, token));
  const period = ticket && beijingPeriod(ticket.billDate);
  if (!ticket || !period || ticket.expiresAt <= now) return undefined;
  const account = await provider.accounts.require({ app_id: ticket.appId });
  const rows = await billRows(provider.db, ticket.appId, period);
  return billZip({ sellerId: account.sellerId, ...period, exportedAt: now, rows });
}
