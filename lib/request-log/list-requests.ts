import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { requestLog } from "#db/schema/requests";
import type { Context } from "#db/tenancy";
import { InvalidParam, NotFound } from "#lib/kernel/errors";
import { idsFrom, merchantIdOf } from "#lib/kernel/ids";

export type LoggedRequest = typeof requestLog.$inferSelect;

export interface RequestFilter {
  readonly limit: number;
  /** The last id of the page before. */
  readonly startingAfter?: string | undefined;
  readonly outcome?: "succeeded" | "failed" | undefined;
  readonly method?: string | undefined;
  readonly actorId?: string | undefined;
  readonly requestId?: string | undefined;
  /** Both included. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Newest first, one more than asked. Ids sort by time, so they bound it. @throws InvalidParam for a cursor of others */
export async function listRequests(ctx: Context, filter: RequestFilter): Promise<LoggedRequest[]> {
  if (filter.startingAfter && merchantIdOf("requestLog", filter.startingAfter) !== ctx.merchantId) {
    throw new InvalidParam("invalid_cursor", "starting_after");
  }
  return ctx.transaction((tx) =>
    tx.db
      .select()
      .from(requestLog)
      .where(
        and(
          eq(requestLog.merchantId, tx.merchantId),
          eq(requestLog.livemode, tx.livemode),
          filter.startingAfter ? lt(requestLog.id, filter.startingAfter) : undefined,
          outcomeIs(filter.outcome),
          filter.method ? eq(requestLog.method, filter.method) : undefined,
          // Said again without a parameter, so that PostgreSQL sees that the index of rare methods serves it.
          filter.method && !["GET", "POST"].includes(filter.method)
            ? sql`${requestLog.method} not in ('GET', 'POST')`
            : undefined,
          filter.actorId ? eq(requestLog.actorId, filter.actorId) : undefined,
          filter.requestId ? eq(requestLog.requestId, filter.requestId) : undefined,
          filter.from ? gte(requestLog.id, idsFrom("requestLog", tx.merchantId, filter.from)) : undefined,
          filter.to
            ? lt(requestLog.id, idsFrom("requestLog", tx.merchantId, new Date(filter.to.getTime() + 1)))
            : undefined,
        ),
      )
      .orderBy(desc(requestLog.id))
      .limit(filter.limit + 1),
  );
}

function outcomeIs(outcome: RequestFilter["outcome"]): SQL | undefined {
  if (!outcome) return undefined;
  return outcome === "failed" ? gte(requestLog.status, 400) : lt(requestLog.status, 400);
}

/** @throws NotFound */
export async function getRequest(ctx: Context, id: string): Promise<LoggedRequest> {
  const [row] = await ctx.transaction((tx) =>
    tx.db
      .select()
      .from(requestLog)
      .where(
        and(eq(requestLog.merchantId, tx.merchantId), eq(requestLog.livemode, tx.livemode), eq(requestLog.id, id)),
      ),
  );
  if (!row) throw new NotFound("request_log");
  return row;
}
