import type postgres from "postgres";

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

/** What the database shows. @param migrations hashes of this version's */
export async function checkDatabase(owner: postgres.Sql, migrations: readonly string[]): Promise<Finding[]> {
  const found: Finding[] = [];
  const askedAt = Date.now();
  const [clock] = await owner`select extract(epoch from clock_timestamp()) * 1000 as now`;
  const answeredAt = Date.now();
  // The database looked at its clock somewhere between asking and answering.
  const skewMs = Math.max(askedAt - Number(clock?.now), Number(clock?.now) - answeredAt, 0);
  if (skewMs > mostSkewMs) found.push(error("clock_skew", { seconds: Math.round(skewMs / 1_000) }));

  const [known] = await owner`
    select to_regclass('drizzle.__drizzle_migrations') is not null and to_regprocedure('internal.measure_work()') is not null as all`;
  const rows = known?.all ? await owner`select hash from drizzle.__drizzle_migrations order by created_at` : [];
  if (rows.map((row) => String(row.hash)).join() !== migrations.join()) return [...found, error("migrations_differ")];

  const [work] = await owner`select workers, jobs_failed, delivery_late_s from internal.measure_work()`;
  if (Number(work?.workers) === 0) found.push(error("worker_silent"));
  if (Number(work?.jobs_failed) > 0) found.push(warning("jobs_failed", { count: Number(work?.jobs_failed) }));
  const lateMinutes = Math.floor(Number(work?.delivery_late_s) / 60);
  if (lateMinutes >= 10) found.push(warning("webhooks_late", { minutes: lateMinutes }));
  return found;
}

const leastFreeShare = 0.1;

/** @param disk as `statfs` of the folder that the data lie in tells it */
export function checkDisk(folder: string, disk: { readonly bavail: number; readonly blocks: number }): Finding[] {
  const free = disk.blocks === 0 ? 1 : disk.bavail / disk.blocks;
  return free < leastFreeShare ? [error("disk_full", { folder, percent: Math.floor(free * 100) })] : [];
}
