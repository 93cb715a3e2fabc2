import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import postgres from "postgres";
import { closeAttempt } from "#lib/attempts/close-attempt";
import { queryAttemptJob } from "#lib/attempts/query-attempt";
import { changeChannel, hearOrders } from "#lib/events/bus";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { foldCheckpointsJob, sealTransfersJob } from "#lib/ledger/jobs";
import { expireOrderJob } from "#lib/orders/expire-order";
import { sendRefund } from "#lib/refunds/send-refund";
import { deliverWebhooks } from "#lib/webhooks/deliver-webhooks";
import { startOutbox } from "#lib/webhooks/start-outbox";
import { startSchedules } from "./schedules.ts";

/** Every job there is; a new one is a line here. */
const jobs = [
  queryAttemptJob,
  closeAttempt,
  expireOrderJob,
  sendRefund,
  deliverWebhooks,
  foldCheckpointsJob,
  sealTransfersJob,
] as const;

const taskList: TaskList = Object.fromEntries(
  jobs.map((job) => [job.name, (payload: unknown) => job.run(payload as never)]),
);

const logger = new Logger((scope) => (level, message, meta) => {
  const line = { ...scope, ...(meta?.error !== undefined && { err: meta.error }) };
  if (level === "error") log.error(line, message);
  else if (level === "warning") log.warn(line, message);
  else log.debug(line, message);
});

/** Works off the queue, drains the outbox and keeps the schedules, until stopped; jobs under way are finished. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    connectionString: env.databaseUrl,
    concurrency: env.workerConcurrency,
    maxPoolSize: 8,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList,
    logger,
    preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: 200 } } },
  });
  const outbox = startOutbox();
  const rhythm = startSchedules();
  return {
    async stop() {
      await Promise.all([rhythm.stop(), outbox.stop()]);
      await runner.stop();
    },
  };
}

/** Hears what other processes changed, for the streams that this one serves. */
export async function listenForOrders(): Promise<{ stop(): Promise<void> }> {
  const listener = postgres(env.appDatabaseUrl, { max: 1, connection: { application_name: "globalpaylink-news" } });
  await listener.listen(changeChannel, hearOrders);
  return { stop: () => listener.end({ timeout: 1 }) };
}
