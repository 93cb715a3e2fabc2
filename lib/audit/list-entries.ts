import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import { auditLog } from "#db/schema/inbox";
import type { Context, Tx } from "#db/tenancy";
import { InvalidParam } from "#lib/kernel/errors";
import { idsFrom, merchantIdOf } from "#lib/kernel/ids";

export type AuditEntry = typeof auditLog.$inferSelect;

export interface AuditFilter {
  readonly limit: number;
  /** The last id of the page before. */
  readonly startingAfter?: string | undefined;
  readonly actorId?: string | undefined;
  readonly verb?: string | undefined;
  readonly objectId?: string | undefined;
  /** Moments of the deed, both included. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface NamedEntry extends AuditEntry {
  /** A person's name or a key's label. */
  readonly actorName: string | undefined;
}

/**
 * Newest first, one more than asked so that the caller knows whether there are more. Ids sort by time, so they bound it.
 *
 * @throws InvalidParam when the cursor is no entry of this merchant's
 */
export async function listAuditEntries(ctx: Context, filter: AuditFilter): Promise<NamedEntry[]> {
  if (filter.startingAfter && merchantIdOf("audit", filter.startingAfter) !== ctx.merchantId) {
    throw new InvalidParam("invalid_cursor", "starting_after");
  }
  return ctx.transaction(async (tx) => {
    const rows = await tx.db
      .select()
      .from(auditLog)
      .where(
        and(
          eq(auditLog.merchantId, tx.merchantId),
          eq(auditLog.livemode, tx.livemode),
          filter.startingAfter ? lt(auditLog.id, filter.startingAfter) : undefined,
          filter.actorId ? eq(auditLog.actorId, filter.actorId) : undefined,
          // Said again so that the index over people and keys serves it.
          filter.actorId?.startsWith("usr_") ? eq(auditLog.actorType, "user") : undefined,
          filter.actorId?.startsWith("key_") ? eq(auditLog.actorType, "api_key") : undefined,
          filter.verb ? eq(auditLog.verb, filter.verb) : undefined,
          filter.objectId ? eq(auditLog.objectId, filter.objectId) : undefined,
          filter.from ? gte(auditLog.id, idsFrom("audit", tx.merchantId, filter.from)) : undefined,
          filter.to ? lt(auditLog.id, idsFrom("audit", tx.merchantId, new Date(filter.to.getTime() + 1))) : undefined,
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(filter.limit + 1);
    const names = await namesOf(tx, rows);
    return rows.map((row) => ({ ...row, actorName: names.get(row.actorId) }));
  });
}

async function namesOf(tx: Tx, rows: readonly AuditEntry[]): Promise<Map<string, string>> {
  const of = (type: AuditEntry["actorType"]) => [
    ...new Set(rows.filter((row) => row.actorType === type).map((row) => row.actorId)),
  ];
  const [people, keys] = [of("user"), of("api_key")];
  const [named, labelled] = await Promise.all([
    people.length === 0
      ? []
      : tx.db.execute<{ id: string; name: string }>(
          sql`select id, name from internal.names_in_audit_log(${tx.merchantId}, array[${sql.join(
            people.map((id) => sql`${id}`),
            sql`, `,
          )}]::text[])`,
        ),
    keys.length === 0
      ? []
      : tx.db
          .select({ id: apiKeys.id, name: apiKeys.label })
          .from(apiKeys)
          .where(and(eq(apiKeys.merchantId, tx.merchantId), inArray(apiKeys.id, keys))),
  ]);
  return new Map([...named, ...labelled].map(({ id, name }) => [id, name]));
}
