import type postgres from "postgres";
import { checkHealth, type Health } from "./check-health.ts";

export interface Finding {
  readonly severity: "error" | "warning";
  /** A key of the catalogue's `selfCheck`: what is wrong, and how to mend it. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

type Settings = Readonly<Record<string, string | undefined>>;

const error = (code: string, values: Finding["values"] = {}): Finding => ({ severity: "error", code, values });
const warning = (code: string, values: Finding["values"] = {}): Finding => ({ severity: "warning", code, values });

const shortestSecret = 32;

/** What the settings alone show. @throws TypeError when PUBLIC_URL is no URL */
export function checkSettings(settings: Settings): Finding[] {
  const publicUrl = new URL(settings.PUBLIC_URL || `http://localhost:${settings.PORT || "3000"}`);
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(publicUrl.hostname);
  const found: Finding[] = [];
  if (!isLocal) {
    if (publicUrl.protocol !== "https:") found.push(error("public_url_insecure", { url: publicUrl.origin }));
    if (settings.SIMULATORS === "on") found.push(error("simulators_public", { url: publicUrl.origin }));
    if (settings.WEBHOOK_ALLOW_ADDRESSES)
      found.push(error("private_webhooks", { ranges: settings.WEBHOOK_ALLOW_ADDRESSES }));
  }
  for (const name of ["NEXTAUTH_SECRET", "CRON_SECRET"]) {
    if ((settings[name] ?? "").length < shortestSecret)
      found.push(error("secret_weak", { name, length: shortestSecret }));
  }
  const keys = (settings.SECRETS_KEYS ?? "").split(",").filter((entry) => entry.trim());
  if (keys.length === 0) found.push(error("keys_missing"));
  if (keys.length > 1) found.push(warning("old_keys", { count: keys.length - 1 }));
  if (!settings.SMTP_URL && settings.SIMULATORS !== "on") found.push(error("mail_missing"));
  return found;
}

const mostSkewMs = 2_000;

/** @param databaseMs its clock, looked at somewhere between asking and answering by ours */
export function skewOf(databaseMs: number, askedMs: number, answeredMs: number): Finding[] {
  const skewMs = Math.max(askedMs - databaseMs, databaseMs - answeredMs, 0);
  return skewMs > mostSkewMs ? [error("clock_skew", { seconds: Math.round(skewMs / 1_000) })] : [];
}

/** As `internal.measure_work()` tells it. */
export interface Work extends Record<string, unknown> {
  readonly workers: string | number;
  readonly jobs_failed: string | number;
  readonly delivery_late_s: number;
}

export function checkWork(work: Work): Finding[] {
  const found: Finding[] = [];
  if (Number(work.workers) === 0) found.push(error("worker_silent"));
  if (Number(work.jobs_failed) > 0) found.push(warning("jobs_failed", { count: Number(work.jobs_failed) }));
  const lateMinutes = Math.floor(Number(work.delivery_late_s) / 60);
  if (lateMinutes >= 10) found.push(warning("webhooks_late", { minutes: lateMinutes }));
  return found;
}

/** What the latest look at a payment page found (lib/page-security). */
export interface PageCheck extends Record<string, unknown> {
  readonly page: string;
  readonly changes: readonly { readonly code: string; readonly subject: string }[];
}

/** The latest look at each page. */
export const latestPageChecks = "select distinct on (page) page, changes from page_checks order by page, number desc";

export function checkPages(rows: readonly PageCheck[]): Finding[] {
  return rows
    .filter(({ changes }) => changes.length > 0)
    .map(({ page, changes }) => {
      const list = changes.map(({ code, subject }) => `${code} ${subject}`).join("; ");
      return error("payment_page_changed", { page, changes: list });
    });
}

/** What the database shows. @param migrations hashes of this version's */
export async function checkDatabase(owner: postgres.Sql, migrations: readonly string[]): Promise<Finding[]> {
  const found: Finding[] = [];
  const askedAt = Date.now();
  const [clock] = await owner`select extract(epoch from clock_timestamp()) * 1000 as now`;
  found.push(...skewOf(Number(clock?.now), askedAt, Date.now()));

  const [known] = await owner`
    select to_regclass('drizzle.__drizzle_migrations') is not null and to_regprocedure('internal.measure_health()') is not null as all`;
  const [health] = known?.all ? await owner<Health[]>`select * from internal.measure_health()` : [];
  // Of another version, nothing further can be asked.
  if (!health || health.migrations?.join() !== migrations.join()) return [...found, error("migrations_differ")];
  const [work] = await owner<Work[]>`select workers, jobs_failed, delivery_late_s from internal.measure_work()`;
  return [
    ...found,
    ...checkHealth(health, migrations, new Date()),
    ...(work ? checkWork(work) : []),
    ...checkPages(await owner.unsafe<PageCheck[]>(latestPageChecks)),
  ];
}

const leastFreeShare = 0.1;

/** @param disk as `statfs` of the folder that the data lie in tells it */
export function checkDisk(folder: string, disk: { readonly bavail: number; readonly blocks: number }): Finding[] {
  const free = disk.blocks === 0 ? 1 : disk.bavail / disk.blocks;
  return free < leastFreeShare ? [error("disk_full", { folder, percent: Math.floor(free * 100) })] : [];
}
