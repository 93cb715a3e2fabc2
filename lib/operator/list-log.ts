import { and, desc, eq, gte, like, lt } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operatorLog } from "#db/schema/operator";

export interface LogFilter {
  readonly operator?: string;
  readonly merchant?: string;
  readonly object?: string;
  /** A verb, or its noun: `approval`. */
  readonly verb?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly limit: number;
  readonly after?: number;
}

export type LogRow = typeof operatorLog.$inferSelect;

/** What operators did, the newest first; one row more than the limit when there are more. */
export function listOperatorLog(filter: LogFilter): Promise<LogRow[]> {
  const { operator, merchant, object, verb, from, to, after } = filter;
  return operatorDatabase()
    .select()
    .from(operatorLog)
    .where(
      and(
        operator ? eq(operatorLog.operatorId, operator) : undefined,
        merchant ? eq(operatorLog.aboutMerchant, merchant) : undefined,
        object ? eq(operatorLog.objectId, object) : undefined,
        verb ? (verb.includes(".") ? eq(operatorLog.verb, verb) : like(operatorLog.verb, `${verb}.%`)) : undefined,
        from && gte(operatorLog.createdAt, from),
        to && lt(operatorLog.createdAt, to),
        after === undefined ? undefined : lt(operatorLog.number, after),
      ),
    )
    .orderBy(desc(operatorLog.number))
    .limit(filter.limit + 1);
}
