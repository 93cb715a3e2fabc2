import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { type Family, label } from "./text-format.ts";

interface Work extends Record<string, unknown> {
  readonly jobs_ready: string;
  readonly jobs_running: string;
  readonly jobs_failed: string;
  readonly events_waiting: string;
  readonly deliveries_pending: string;
  readonly delivery_late_s: number;
  readonly workers: string;
}

const gauge = (name: string, help: string, samples: Family["samples"]): Family => ({
  name,
  type: "gauge",
  help,
  samples,
});

/** What is waiting in the database: asked once a scrape, over indexes that hold only what waits. */
export async function workFamilies(): Promise<Family[]> {
  const [work] = await appDatabase().execute<Work>(sql`select * from internal.measure_work()`);
  const connections = await appDatabase().execute<{ state: string; count: string }>(sql`
    select coalesce(state, 'unknown') as state, count(*) as count from pg_stat_activity
    where usename = current_user and datname = current_database() group by 1`);
  if (!work) throw new Error("measuring answered nothing");
  return [
    gauge("gpl_jobs", "Jobs in the queue; failed ones have used up their tries.", [
      { labels: label({ state: "ready" }), value: Number(work.jobs_ready) },
      { labels: label({ state: "running" }), value: Number(work.jobs_running) },
      { labels: label({ state: "failed" }), value: Number(work.jobs_failed) },
    ]),
    gauge("gpl_workers", "Pools of job runners that have been seen within a minute.", [
      { value: Number(work.workers) },
    ]),
    gauge("gpl_outbox_events", "Events that have no number yet, at most 100000.", [
      { value: Number(work.events_waiting) },
    ]),
    gauge("gpl_webhook_deliveries_pending", "Webhooks that wait for their next try, at most 100000.", [
      { value: Number(work.deliveries_pending) },
    ]),
    gauge("gpl_webhook_delivery_late_seconds", "By how much the next try of the oldest one is overdue.", [
      { value: Number(work.delivery_late_s) },
    ]),
    gauge(
      "gpl_database_connections",
      "Connections of the app's role, of all processes.",
      connections.map(({ state, count }) => ({ labels: label({ state }), value: Number(count) })),
    ),
  ];
}
