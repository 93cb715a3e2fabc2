import { and, desc, eq, lt } from "drizzle-orm";
import { type ListAction, type ListKind, listEntries } from "#db/schema/lists";
import type { Context } from "#db/tenancy";
import { InvalidParam } from "#lib/kernel/errors";
import { type ListEntry, ownList } from "./add-entry.ts";
import { type ListScope, matchOf } from "./match.ts";
import { listSecret } from "./secret.ts";
import { readValue } from "./values.ts";

export interface EntryFilter {
  readonly action?: ListAction | undefined;
  readonly kind?: ListKind | undefined;
  readonly value?: string | undefined;
  readonly limit: number;
  readonly starting_after?: string | undefined;
}

/** The newest first; one row more than the limit when there are more. */
export async function listOwnEntries(ctx: Context, filter: EntryFilter): Promise<ListEntry[]> {
  const { action, kind, limit, starting_after: after } = filter;
  const match = await wantedMatch(ctx.merchantId, filter);
  return ctx.transaction((tx) =>
    tx.db
      .select()
      .from(listEntries)
      .where(
        and(
          ownList(tx),
          action && eq(listEntries.action, action),
          kind && eq(listEntries.kind, kind),
          match ? eq(listEntries.match, match) : undefined,
          after ? lt(listEntries.id, after) : undefined,
        ),
      )
      .orderBy(desc(listEntries.id))
      .limit(limit + 1),
  );
}

/** Under which hash a value that is looked for would stand. @throws BadListValue, InvalidParam without a kind */
export async function wantedMatch(scope: ListScope, { kind, value }: EntryFilter): Promise<string | undefined> {
  if (!value) return undefined;
  if (!kind) throw new InvalidParam("missing_field", "kind", { field: "kind" });
  return matchOf(await listSecret(), scope, kind, readValue(kind, value).normal);
}
