import type { Finding } from "./find-problems.ts";

/** As `internal.measure_health()` tells it. */
export interface Health extends Record<string, unknown> {
  readonly migrations: readonly string[] | null;
  /** Seconds since the oldest job should have begun that nobody has taken. */
  readonly job_late_s: number;
  /** The same of the jobs that seal ledgers. */
  readonly seal_late_s: number;
  /** Live channel accounts whose certificate ends within a week. */
  readonly certificates_ending: number;
  readonly last_backup: Date | string | null;
  readonly last_rotation: Date | string | null;
  /** Since when there are merchants. */
  readonly running_since: Date | string | null;
}

const dayMs = 24 * 3_600_000;
const mostJobDelayMinutes = 10;
const mostBackupDays = 2;
const mostKeyDays = 365;

/** What has been left undone for too long. @param migrations hashes of this version's */
export function checkHealth(health: Health, migrations: readonly string[], now: Date): Finding[] {
  const found: Finding[] = [];
  const say = (severity: Finding["severity"], code: string, values: Finding["values"] = {}) =>
    found.push({ severity, code, values });
  if ((health.migrations ?? []).join() !== migrations.join()) say("error", "migrations_differ");
  const lateMinutes = Math.floor(Number(health.job_late_s) / 60);
  if (lateMinutes >= mostJobDelayMinutes) say("warning", "jobs_late", { minutes: lateMinutes });
  const sealMinutes = Math.floor(Number(health.seal_late_s) / 60);
  if (sealMinutes >= mostJobDelayMinutes) say("warning", "ledger_unsealed", { minutes: sealMinutes });
  if (health.certificates_ending > 0) say("warning", "channel_certificates", { count: health.certificates_ending });
  const daysSince = (moment: Date | string | null) =>
    moment === null ? undefined : Math.floor((now.getTime() - new Date(moment).getTime()) / dayMs);
  const runningDays = daysSince(health.running_since) ?? 0;
  const backupDays = daysSince(health.last_backup);
  if (backupDays === undefined && runningDays >= mostBackupDays) say("warning", "backup_never");
  if (backupDays !== undefined && backupDays > mostBackupDays) say("warning", "backup_old", { days: backupDays });
  const keyDays = daysSince(health.last_rotation) ?? runningDays;
  if (keyDays > mostKeyDays) say("warning", "keys_aged", { days: keyDays });
  return found;
}
