import { statfs } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { ownMigrations } from "#lib/backup/manifest";
import type { Locale } from "#lib/kernel/locale";
import { projectFile } from "#lib/kernel/project-root";
import { translate } from "#lib/messages/translate";
import { certificateEnd, checkCertificate } from "./check-certificate.ts";
import { checkHealth, type Health } from "./check-health.ts";
import {
  checkDisk,
  checkPages,
  checkSettings,
  checkWork,
  type Finding,
  latestPageChecks,
  type PageCheck,
  skewOf,
  type Work,
} from "./find-problems.ts";

export interface ToldFinding extends Finding {
  /** What is wrong and how to mend it, in the reader's language. */
  readonly text: string;
}

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Everything that can be seen from a running process of what is misconfigured or left undone: settings, clocks, version,
 * worker, jobs, webhooks, certificates, backups, keys, disk. Errors first.
 *
 * @param db of any role of ours: it asks functions only
 * @throws TypeError when PUBLIC_URL is no URL
 */
export async function selfCheck(db: Pick<Database, "execute">, locale: Locale, settings: Settings = process.env) {
  const found = [
    ...checkSettings(settings),
    ...(await checkRunning(db)),
    ...checkCertificate(await certificateEnd(settings.PUBLIC_URL), new Date()),
    ...(await checkOwnDisk()),
  ];
  const told = found.map(
    (finding): ToldFinding => ({
      ...finding,
      text: translate(locale, `selfCheck.${finding.code}`, finding.values) ?? finding.code,
    }),
  );
  return [
    ...told.filter(({ severity }) => severity === "error"),
    ...told.filter(({ severity }) => severity !== "error"),
  ];
}

async function checkRunning(db: Pick<Database, "execute">): Promise<Finding[]> {
  const askedAt = Date.now();
  const [clock] = await db.execute<{ now: string }>(sql`select extract(epoch from clock_timestamp()) * 1000 as now`);
  const skew = skewOf(Number(clock?.now), askedAt, Date.now());
  const [health] = await db.execute<Health>(sql`select * from internal.measure_health()`);
  const [work] = await db.execute<Work>(sql`select workers, jobs_failed, delivery_late_s from internal.measure_work()`);
  return [
    ...skew,
    ...(health ? checkHealth(health, ownMigrations(), new Date()) : []),
    ...(work ? checkWork(work) : []),
    ...checkPages(await db.execute<PageCheck>(sql.raw(latestPageChecks))),
  ];
}

/** Of this process's machine; the database's own is seen by whoever runs it. */
async function checkOwnDisk(): Promise<Finding[]> {
  const folder = projectFile(".data");
  const disk = await statfs(folder).catch(() => undefined);
  return disk ? checkDisk(folder, disk) : [];
}
