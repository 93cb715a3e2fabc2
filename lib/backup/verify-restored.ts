import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { connect } from "#db/client";
import { openContext } from "#db/tenancy";
import { verifyAuditLog } from "#lib/audit/seal";
import { checkInvariants } from "#lib/ledger/check";
import { verifySeals } from "#lib/ledger/seal";

export interface Verification {
  readonly merchants: number;
  readonly orders: number;
  readonly transfers: number;
  readonly sealedTransfers: number;
  readonly auditEntries: number;
  readonly sealedEntries: number;
  readonly events: number;
  readonly pendingDeliveries: number;
  /** What does not hold, in words; empty when all does. */
  readonly findings: readonly string[];
}

interface Counts extends Record<string, unknown> {
  readonly orders: string;
  readonly transfers: string;
  readonly entries: string;
  readonly events: string;
  readonly numbered: string;
  readonly highest: string;
  readonly given: string;
  readonly pending: string;
}

/** Reads a whole database and proves of each merchant's book, activity log and events that nothing is missing. */
export async function verifyDatabase(urls: {
  readonly ownerUrl: string;
  readonly appUrl: string;
}): Promise<Verification> {
  const owner = connect(urls.ownerUrl, { max: 1, applicationName: "globalpaylink-verify", timeoutMs: 600_000 });
  const app = connect(urls.appUrl, { max: 2, applicationName: "globalpaylink-verify", timeoutMs: 600_000 });
  const total = { orders: 0, transfers: 0, sealedTransfers: 0, auditEntries: 0, sealedEntries: 0, events: 0 };
  const findings: string[] = [];
  let pendingDeliveries = 0;
  try {
    const merchants = await owner.db.execute<{ merchant_id: string }>(
      sql`select merchant_id from merchants order by 1`,
    );
    for (const { merchant_id: merchantId } of merchants) {
      for (const livemode of [false, true]) {
        const ctx = openContext({
          merchantId,
          livemode,
          actor: { type: "system", id: "restore" },
          requestId: `req_${randomUUID()}`,
          db: app.db,
        });
        const say = (what: string) => findings.push(`${merchantId}, ${livemode ? "live" : "test"}: ${what}`);
        for (const finding of await ctx.transaction((tx) => checkInvariants(tx))) say(finding);
        const book = await verifySeals(ctx);
        const log = await verifyAuditLog(ctx);
        if (log.broken) say(`activity log, link ${log.broken.seal}: ${log.broken.reason.replace("_", " ")}`);
        const counts = await countRows(owner.db, merchantId, livemode);
        if (counts.numbered !== counts.given || counts.highest !== counts.given) {
          say(`${counts.numbered} events are numbered up to ${counts.highest}, and ${counts.given} numbers were given`);
        }
        total.orders += Number(counts.orders);
        total.transfers += Number(counts.transfers);
        total.sealedTransfers += book.transfers;
        total.auditEntries += Number(counts.entries);
        total.sealedEntries += log.entries;
        total.events += Number(counts.events);
        pendingDeliveries += Number(counts.pending);
      }
    }
    return { merchants: merchants.length, ...total, pendingDeliveries, findings };
  } finally {
    await Promise.all([owner.client.end({ timeout: 5 }), app.client.end({ timeout: 5 })]);
  }
}

async function countRows(db: ReturnType<typeof connect>["db"], merchantId: string, livemode: boolean): Promise<Counts> {
  const own = sql`merchant_id = ${merchantId} and livemode = ${livemode}`;
  const [counts] = await db.execute<Counts>(sql`
    select (select count(*) from orders where ${own}) as orders,
      (select count(*) from ledger_transfers where ${own}) as transfers,
      (select count(*) from audit_log where ${own}) as entries,
      (select count(*) from events where ${own}) as events,
      (select count(sequence) from events where ${own}) as numbered,
      (select coalesce(max(sequence), 0) from events where ${own}) as highest,
      (select coalesce(max(last), 0) from event_sequences where ${own}) as given,
      (select count(*) from webhook_deliveries where ${own} and status = 'pending') as pending`);
  if (!counts) throw new Error("counting answered nothing");
  return counts;
}
