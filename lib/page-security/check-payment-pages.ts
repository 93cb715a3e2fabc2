import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { findHeaderChanges, findNonceChanges, findScriptChanges, type PageChange } from "./compare-page.ts";
import { pageHeaders } from "./page-policy.ts";
import { type AuthorisedScript, type Build, type PaymentPage, readBuild } from "./read-build.ts";
import { type ReceivedPage, readPage } from "./read-page.ts";

const timeoutMs = 20_000;
const maxBytes = 4_000_000;

export interface PageCheck {
  readonly page: PaymentPage;
  readonly changes: readonly PageChange[];
}

/** A key of no account: the frame's page is the same for every one. */
const framePath = "/pay/frames/stripe?key=pk_test_inventory";

/**
 * Fetches the payment pages as a shopper gets them, through whatever stands before us, and compares scripts and headers
 * with what this build was authorised for when it first started. What differs is logged as an error and kept for the
 * operators' list (PCI DSS 4.0, requirements 6.4.3 and 11.6.1).
 */
export async function checkPaymentPages(build: Build, origin = env.publicUrl): Promise<PageCheck[]> {
  const authorised = await authorise(build);
  const [row] = await appDatabase().execute<{ id: string | null }>(sql`select internal.order_to_look_at() as id`);
  // Without any order there is the page that says so, which stands in the same layout.
  const order = row?.id ?? "ord_none";
  const checks: PageCheck[] = [];
  for (const [page, path] of [
    ["checkout", `/pay/${order}`],
    ["card_frame", framePath],
  ] as const) {
    const changes = await lookAt(
      page,
      new URL(path, origin),
      authorised.filter((script) => script.page === page),
    );
    await appDatabase().execute(
      sql`select internal.note_page_check(${build.id}, ${page}, ${JSON.stringify(changes)}::json, ${systemClock.now().toISOString()}::timestamptz)`,
    );
    if (changes.length > 0) log.error({ page, build: build.id, changes }, "a payment page is not what was authorised");
    checks.push({ page, changes });
  }
  return checks;
}

/** The first start of a build authorises its scripts: who may deploy may change them. Later differences are none of his. */
async function authorise(build: Build): Promise<AuthorisedScript[]> {
  const now = systemClock.now().toISOString();
  await appDatabase().execute(
    sql`select internal.authorise_scripts(${build.id}, ${JSON.stringify(build.scripts)}::json, ${now}::timestamptz)`,
  );
  return appDatabase().execute<AuthorisedScript & Record<string, unknown>>(
    sql`select page, source, owner, reason, sha384 from authorised_scripts where build = ${build.id}`,
  );
}

async function lookAt(kind: PaymentPage, url: URL, authorised: readonly AuthorisedScript[]): Promise<PageChange[]> {
  const answer = await fetchBounded(url);
  if (!answer || answer.status >= 500) return [{ code: "page_unreachable", subject: url.origin }];
  const page = readPage(answer.status, answer.headers, new TextDecoder().decode(answer.bytes));
  if (kind === "card_frame") return frameChanges(page, authorised);
  const surroundings = { isDevelopment: false, isSecure: env.publicUrl.startsWith("https:") };
  return [
    ...findScriptChanges(page, authorised, await loadScripts(page, url)),
    ...findNonceChanges(page),
    ...findHeaderChanges(page.headers, pageHeaders("checkout", "", surroundings)),
  ];
}

/** The frame has one script of ours, in the page; its policy names all that it may reach. */
function frameChanges(page: ReceivedPage, authorised: readonly AuthorisedScript[]): PageChange[] {
  const foreign = page.scripts.filter(
    ({ source }) => source !== undefined && !authorised.some((script) => script.source === source),
  );
  const policy = page.headers.get("content-security-policy") ?? "";
  const sources = /script-src ([^;]*)/.exec(policy)?.[1]?.replace(/'nonce-[^']+'/, "'nonce-'");
  return [
    ...foreign.map(({ source = "" }): PageChange => ({ code: "script_added", subject: source })),
    ...findNonceChanges(page),
    ...(sources === "'nonce-' https://js.stripe.com"
      ? []
      : [{ code: "header_changed", subject: "content-security-policy" } as const]),
  ];
}

async function loadScripts(page: ReceivedPage, base: URL): Promise<Map<string, Uint8Array | undefined>> {
  const loaded = new Map<string, Uint8Array | undefined>();
  for (const { source } of page.scripts) {
    if (source === undefined || loaded.has(source)) continue;
    const url = new URL(source, base);
    // A foreign script is a finding by its address alone; it is not asked for.
    if (url.origin === base.origin) loaded.set(source, (await fetchBounded(url))?.bytes);
  }
  return loaded;
}

async function fetchBounded(url: URL): Promise<{ status: number; headers: Headers; bytes: Uint8Array } | undefined> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
    return { status: response.status, headers: response.headers, bytes: Buffer.concat(chunks) };
  } catch (error) {
    log.warn({ err: error, host: url.host }, "a payment page could not be fetched");
    return undefined;
  }
}

const dayMs = 24 * 3_600_000;

/** Once a day, and soon after a new build has started. @returns how many pages were looked at */
export async function checkPaymentPagesWhenDue(now: Date): Promise<number> {
  // A development server gives other scripts with every change.
  if (process.env.NODE_ENV !== "production") return 0;
  const build = await readBuild();
  if (!build) return 0;
  const since = new Date(now.getTime() - dayMs).toISOString();
  const [recent] = await appDatabase().execute(
    sql`select 1 from page_checks where checked_at > ${since}::timestamptz and build = ${build.id} limit 1`,
  );
  return recent ? 0 : (await checkPaymentPages(build)).length;
}
