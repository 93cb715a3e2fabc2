import { sql } from "drizzle-orm";
import type { ListAction, ListKind } from "#db/schema/lists";
import { paymentRefusals } from "#db/schema/lists";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { type ListUse, merchantListUse, platformListUse } from "./in-use.ts";
import { matchesOf, platformScope, type Traces } from "./match.ts";
import { listSecret } from "./secret.ts";

/** An entry that means this shopper. */
export interface Hit extends Record<string, unknown> {
  readonly scope: "merchant" | "platform";
  readonly id: string;
  readonly action: ListAction;
  readonly kind: ListKind;
  readonly hint: string;
  readonly reason: string;
}

/** The lists as far as a payment must know them; undefined when nobody is blocked. */
export interface Lists {
  readonly secret: Buffer;
  readonly merchant: ListUse;
  readonly platform: ListUse;
}

/** To be asked before the payment's transaction: answers from a cache of three seconds. */
export async function openLists(ctx: Context): Promise<Lists | undefined> {
  const [merchant, platform] = await Promise.all([merchantListUse(ctx), platformListUse()]);
  if (!merchant.hasBlocks && !platform.hasBlocks) return undefined;
  return { secret: await listSecret(), merchant, platform };
}

export function asksForCards(lists: Lists | undefined): boolean {
  return lists !== undefined && (lists.merchant.kinds.has("card") || lists.platform.kinds.has("card"));
}

/** The entry by which this shopper is turned away, if any. One query. */
export async function findBlock(tx: Tx, lists: Lists, traces: Traces): Promise<Hit | undefined> {
  const own = matchesOf(lists.secret, tx.merchantId, lists.merchant.kinds, traces);
  const common = matchesOf(lists.secret, platformScope, lists.platform.kinds, traces);
  if (own.length + common.length === 0) return undefined;
  const hits = await tx.db.execute<Hit>(sql`
    select 'merchant' as scope, id, action, kind, hint, reason from list_entries
    where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and match = any (${sql.param(own)}::text[])
      and (expires_at is null or expires_at > ${tx.now.toISOString()}::timestamptz)
    union all
    select 'platform', id, action, kind, hint, reason from platform_list_entries
    where match = any (${sql.param(common)}::text[])
      and (expires_at is null or expires_at > ${tx.ctx.realNow.toISOString()}::timestamptz)`);
  return decide(hits);
}

/** Who is allowed by a list is let through by that list and by every wider one; a narrower one may still block him. */
export function decide(hits: readonly Hit[]): Hit | undefined {
  const of = (scope: Hit["scope"], action: ListAction) =>
    hits.find((hit) => hit.scope === scope && hit.action === action);
  if (of("merchant", "allow")) return undefined;
  return of("merchant", "block") ?? (of("platform", "allow") ? undefined : of("platform", "block"));
}

/** Writes down for the merchant why somebody was turned away. What the platform knows of others stays with it. */
export async function recordRefusal(tx: Tx, orderId: string, method: string, hit: Hit): Promise<void> {
  const id = newId("refusal", tx.merchantId, tx.now.getTime());
  const isOwn = hit.scope === "merchant";
  await tx.db.insert(paymentRefusals).values({
    merchantId: tx.merchantId,
    id,
    livemode: tx.livemode,
    orderId,
    method,
    scope: hit.scope,
    kind: hit.kind,
    entryId: hit.id,
    hint: hit.hint,
    reason: isOwn ? hit.reason : "",
    createdAt: tx.now,
  });
  await recordAudit(tx, "payment.refuse", orderId, { method, list: hit.scope, kind: hit.kind });
}
