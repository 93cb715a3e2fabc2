import { stringify } from "csv-stringify/sync";
import type { Context } from "#db/tenancy";
import { type AuditFilter, listAuditEntries } from "./list-entries.ts";
import { auditEntryJson } from "./schemas.ts";

const rowsAtOnce = 500;
const maxPages = 2_000;
/** Excel on Chinese systems takes a file without it for GBK. */
const byteOrderMark = "\ufeff";

const columns = [
  ...["created_at", "actor_type", "actor_id", "actor_name", "verb", "object_id", "before", "after", "details"],
  ...["ip", "user_agent", "request_id", "id"],
];

/** The filtered log as CSV, newest first, a page of rows at a time: memory does not grow with it. */
export async function* auditCsv(ctx: Context, filter: Omit<AuditFilter, "limit" | "startingAfter">) {
  yield byteOrderMark + stringify([columns]);
  let startingAfter: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const found = await listAuditEntries(ctx, { ...filter, limit: rowsAtOnce, startingAfter });
    const rows = found.slice(0, rowsAtOnce).map((entry) => {
      const { actor, before, after, details, ...rest } = auditEntryJson(entry);
      const json = (value: unknown) => (value === null ? "" : JSON.stringify(value));
      return [
        ...[rest.created_at, actor.type, actor.id, actor.name ?? "", rest.verb, rest.object_id],
        ...[json(before), json(after), json(details), rest.ip ?? "", rest.user_agent ?? "", rest.request_id, rest.id],
      ];
    });
    // A cell that begins like a formula would be run by a spreadsheet.
    if (rows.length > 0) yield stringify(rows, { escape_formulas: true });
    if (found.length <= rowsAtOnce) return;
    startingAfter = found[rowsAtOnce - 1]?.id;
  }
}
