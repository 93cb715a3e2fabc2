import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { stripeObjects } from "#db/schema/sim-stripe";
import { missing } from "./errors.ts";
import type { Reader } from "./store.ts";
import type { Kind } from "./wire.ts";

export interface Page {
  readonly limit: number;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

export interface Created {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
}

export function createdWithin(created: Created | undefined): SQL[] {
  if (!created) return [];
  const column = stripeObjects.created;
  const bounds: (SQL | undefined)[] = [
    created.gt === undefined ? undefined : sql`${column} > ${created.gt}`,
    created.gte === undefined ? undefined : sql`${column} >= ${created.gte}`,
    created.lt === undefined ? undefined : sql`${column} < ${created.lt}`,
    created.lte === undefined ? undefined : sql`${column} <= ${created.lte}`,
  ];
  return bounds.filter((bound) => bound !== undefined);
}

/** One page, newest first. @throws StripeError when a cursor names no object of this kind */
export async function listObjects(
  db: Reader,
  accountId: string,
  kind: Kind,
  page: Page,
  conditions: readonly SQL[] = [],
): Promise<{ data: unknown[]; hasMore: boolean }> {
  const backwards = page.ending_before !== undefined;
  const cursor = page.starting_after ?? page.ending_before;
  const beyond = cursor === undefined ? [] : [await pastCursor(db, accountId, kind, cursor, backwards)];
  const order = backwards ? asc : desc;
  const rows = await db
    .select({ body: stripeObjects.body })
    .from(stripeObjects)
    .where(and(eq(stripeObjects.accountId, accountId), eq(stripeObjects.object, kind), ...conditions, ...beyond))
    .orderBy(order(stripeObjects.created), order(stripeObjects.seq))
    .limit(page.limit + 1);
  const data = rows.slice(0, page.limit).map((row) => row.body);
  return { data: backwards ? data.reverse() : data, hasMore: rows.length > page.limit };
}

async function pastCursor(db: Reader, accountId: string, kind: Kind, id: string, backwards: boolean): Promise<SQL> {
  const [at] = await db
    .select({ created: stripeObjects.created, seq: stripeObjects.seq })
    .from(stripeObjects)
    .where(and(eq(stripeObjects.id, id), eq(stripeObjects.accountId, accountId), eq(stripeObjects.object, kind)));
  if (!at) throw missing(kind, id, backwards ? "ending_before" : "starting_after");
  const position = sql`(${stripeObjects.created}, ${stripeObjects.seq})`;
  return backwards ? sql`${position} > (${at.created}, ${at.seq})` : sql`${position} < (${at.created}, ${at.seq})`;
}
