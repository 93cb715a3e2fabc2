import { createHash } from "node:crypto";
import { and, asc, desc, eq, gt, type SQL, sql } from "drizzle-orm";
import { auditSeals } from "#db/schema/audit";
import type { Context, Tx } from "#db/tenancy";
import { defineJob } from "#lib/jobs/job";
import { completeUntil, type FoldOptions } from "#lib/ledger/horizon";

const defaultBatchSize = 1_000;
const maxBatches = 1_000;
const linksAtOnce = 20;

type Sealed = readonly [id: string, digest: string];

const milliseconds = (moment: SQL) => sql`(extract(epoch from ${moment}) * 1000)::bigint`;

/*
 * What an entry's digest covers: SHA-256, in hex, of a JSON array as PostgreSQL's json_build_array writes it (", "
 * between elements). Moments are milliseconds since 1970; the change is PostgreSQL's own text of the jsonb value. What is
 * personal stands in it as a digest of its own, salted: the digest stays when the person is forgotten.
 */
const digestOfPerson = sql`coalesce(a.personal_digest, encode(sha256(convert_to(json_build_array(
  a.personal_salt, a.personal::text, a.ip, a.user_agent)::text, 'UTF8')), 'hex'))`;

const digestOfEntry = sql`encode(sha256(convert_to(json_build_array(
  a.id, ${milliseconds(sql`a.recorded_at`)}, ${milliseconds(sql`a.created_at`)}, a.livemode, a.actor_type, a.actor_id,
  a.verb, a.object_id, a.change::text, a.request_id, ${digestOfPerson})::text, 'UTF8')), 'hex')`;

interface Link {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly number: number;
  readonly through: Date;
  readonly previous: string;
  readonly entries: readonly Sealed[];
}

/** SHA-256, in hex, over UTF-8 lines joined by \n: one that names the link and the hash before it, one for each entry. */
function hashOfLink(link: Link): string {
  const head = ["globalpaylink-audit-2", link.merchantId, link.livemode, link.number, link.through.getTime()];
  const lines = [JSON.stringify([...head, link.previous]), ...link.entries.map((entry) => JSON.stringify(entry))];
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

interface Recorded extends Record<string, unknown> {
  readonly id: string;
  readonly at: string;
  readonly digest: string;
}

const inOrder = sql`order by a.recorded_at, a.id collate "C"`;

/**
 * Adds entries that are old enough to the hash chain of the merchant's audit log, away from the path that writes them:
 * a chain on that path would make a merchant's requests wait for each other. Of two runs at the same time one adds the
 * link and the other finds its number taken.
 *
 * @returns how many entries were sealed
 */
export async function sealAuditLog(ctx: Context, options: FoldOptions = {}): Promise<number> {
  const batchSize = options.batchSize ?? defaultBatchSize;
  let sealed = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const size = await ctx.transaction((tx) => sealBatch(tx, batchSize, options));
    sealed += size;
    if (size < batchSize) break;
  }
  return sealed;
}

async function sealBatch(tx: Tx, batchSize: number, options: FoldOptions): Promise<number> {
  const { merchantId, livemode } = tx;
  const [head] = await tx.db
    .select({ number: auditSeals.number, through: auditSeals.through, hash: auditSeals.hash })
    .from(auditSeals)
    .where(and(eq(auditSeals.merchantId, merchantId), eq(auditSeals.livemode, livemode)))
    .orderBy(desc(auditSeals.number))
    .limit(1);
  const after = head ? sql`${head.through.toISOString()}::timestamptz` : sql`'-infinity'::timestamptz`;
  const rows = await tx.db.execute<Recorded>(sql`
    select a.id, ${milliseconds(sql`a.recorded_at`)} as at, ${digestOfEntry} as digest
    from (
      select * from audit_log
      where merchant_id = ${merchantId} and livemode = ${livemode}
        and recorded_at > ${after} and recorded_at <= ${completeUntil(options)}
      order by recorded_at fetch first ${sql.raw(String(Math.trunc(batchSize)))} rows with ties
    ) a ${inOrder}`);
  const last = rows.at(-1);
  if (!last) return 0;
  const link = {
    merchantId,
    livemode,
    number: (head?.number ?? 0) + 1,
    through: new Date(Number(last.at)),
    previous: head?.hash ?? "",
    entries: rows.map(({ id, digest }): Sealed => [id, digest]),
  };
  const { previous: _, ...row } = link;
  const added = await tx.db
    .insert(auditSeals)
    .values({ ...row, hash: hashOfLink(link) })
    .onConflictDoNothing()
    .returning({ number: auditSeals.number });
  return added.length === 0 ? 0 : rows.length;
}

export interface BrokenEntry {
  /** The link of the chain. */
  readonly seal: number;
  /** The first entry that does not agree; absent when it is the chain itself that does not. */
  readonly entry: string | undefined;
  readonly reason: "changed" | "deleted" | "smuggled" | "seal_missing" | "seal_changed";
}

export interface AuditVerification {
  readonly seals: number;
  readonly entries: number;
  /** The newest hash. Kept by somebody else, it proves that the chain was not rewritten as a whole or cut at its end. */
  readonly head: string | undefined;
  /** Everything recorded up to here is covered. */
  readonly through: Date | undefined;
  readonly broken: BrokenEntry | undefined;
}

/** Recomputes the chain of the merchant's audit log from the entries, and names the first one that does not agree. */
export async function verifyAuditLog(ctx: Context): Promise<AuditVerification> {
  let seals = 0;
  let entries = 0;
  let head: string | undefined;
  let through: Date | undefined;
  for (;;) {
    const links = await ctx.transaction((tx) => linksAfter(tx, seals));
    for (const link of links) {
      const state = { seals, entries, head, through };
      if (link.number !== seals + 1) {
        return { ...state, broken: { seal: seals + 1, entry: undefined, reason: "seal_missing" } };
      }
      const rows = await ctx.transaction((tx) => coveredBy(tx, through, link.through));
      const touched = firstTouched(link.entries, rows);
      if (touched) return { ...state, broken: { seal: link.number, ...touched } };
      if (hashOfLink({ ...link, previous: head ?? "" }) !== link.hash) {
        return { ...state, broken: { seal: link.number, entry: undefined, reason: "seal_changed" } };
      }
      seals += 1;
      entries += rows.length;
      head = link.hash;
      through = link.through;
    }
    if (links.length < linksAtOnce) return { seals, entries, head, through, broken: undefined };
  }
}

function linksAfter(tx: Tx, number: number): Promise<(typeof auditSeals.$inferSelect)[]> {
  return tx.db
    .select()
    .from(auditSeals)
    .where(
      and(
        eq(auditSeals.merchantId, tx.merchantId),
        eq(auditSeals.livemode, tx.livemode),
        gt(auditSeals.number, number),
      ),
    )
    .orderBy(asc(auditSeals.number))
    .limit(linksAtOnce);
}

async function coveredBy(tx: Tx, after: Date | undefined, through: Date): Promise<Sealed[]> {
  const rows = await tx.db.execute<{ id: string; digest: string }>(sql`
    select a.id, ${digestOfEntry} as digest from audit_log a
    where a.merchant_id = ${tx.merchantId} and a.livemode = ${tx.livemode}
      and a.recorded_at > ${after?.toISOString() ?? "-infinity"}::timestamptz
      and a.recorded_at <= ${through.toISOString()}::timestamptz
    ${inOrder}`);
  return rows.map(({ id, digest }) => [id, digest]);
}

function firstTouched(
  sealed: readonly Sealed[],
  found: readonly Sealed[],
): Pick<BrokenEntry, "entry" | "reason"> | undefined {
  const now = new Map(found);
  for (const [id, digest] of sealed) {
    if (now.get(id) !== digest) return { entry: id, reason: now.has(id) ? "changed" : "deleted" };
  }
  const known = new Set(sealed.map(([id]) => id));
  const extra = found.find(([id]) => !known.has(id));
  return extra && { entry: extra[0], reason: "smuggled" };
}

/** Makes the past of the audit log tamper-evident; due every minute or so. */
export const sealAuditLogJob = defineJob<Record<never, string>>("seal_audit_log", async (ctx) => {
  await sealAuditLog(ctx);
});
