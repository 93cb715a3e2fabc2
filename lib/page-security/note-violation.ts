import { sql } from "drizzle-orm";
import { z } from "zod";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { sha256Hex } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { pageKindOf } from "./page-policy.ts";

const mostDifferent = 1_000;
const mostPerRequest = 20;

const text = z.string().max(10_000);

/** Both forms that browsers send: `report-uri`'s, and the Reporting API's. Other fields stay unread. */
const reportSchema = z.union([
  z
    .object({
      "csp-report": z.object({
        "document-uri": text,
        "effective-directive": text.optional(),
        "violated-directive": text.optional(),
        "blocked-uri": text.optional(),
      }),
    })
    .transform(({ "csp-report": report }) => [
      {
        document: report["document-uri"],
        directive: report["effective-directive"] ?? report["violated-directive"] ?? "",
        blocked: report["blocked-uri"] ?? "",
      },
    ]),
  z
    .array(
      z.object({
        type: text,
        body: z.object({
          documentURL: text.optional(),
          effectiveDirective: text.optional(),
          blockedURL: text.optional(),
        }),
      }),
    )
    .max(mostPerRequest)
    .transform((reports) =>
      reports
        .filter(({ type }) => type === "csp-violation")
        .map(({ body }) => ({
          document: body.documentURL ?? "",
          directive: body.effectiveDirective ?? "",
          blocked: body.blockedURL ?? "",
        })),
    ),
]);

/**
 * Keeps what browsers report, one row for all that say the same. A report is a stranger's word, so it counts for pages of
 * our own only, there is a most of different rows, and of addresses no more is kept than the page's kind and an origin.
 *
 * @returns how many reports were understood
 */
export async function noteViolations(body: unknown): Promise<number> {
  const parsed = reportSchema.safeParse(body);
  if (!parsed.success) return 0;
  const ours = parsed.data.filter(({ document }) => originOf(document) === new URL(env.publicUrl).origin);
  for (const { document, directive, blocked } of ours) {
    const kind = pageKindOf(new URL(document).pathname);
    const rule = /^[a-z-]{1,40}/.exec(directive)?.[0] ?? "unknown";
    const what = originOf(blocked) ?? (/^[a-z-]{1,40}$/.exec(blocked)?.[0] || "unknown");
    const hash = sha256Hex(`${kind}\n${rule}\n${what}`);
    const [row] = await appDatabase().execute<{ is_new: boolean }>(
      sql`select internal.note_page_violation(${hash}, ${kind}, ${rule}, ${what}, ${systemClock.now().toISOString()}::timestamptz, ${mostDifferent}) as is_new`,
    );
    if (row?.is_new)
      log.warn({ kind, directive: rule, blocked: what }, "a browser reports a breach of a page's policy");
  }
  return ours.length;
}

function originOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && url.origin !== "null" ? url.origin : undefined;
}
