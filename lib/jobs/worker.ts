import { type Runner, run } from "graphile-worker";
import postgres from "postgres";
import { changeChannel, hearOrders } from "#lib/events/bus";
import { env } from "#lib/kernel/env";
import { startOutbox } from "#lib/webhooks/start-outbox";
import { startSchedules } from "./schedules.ts";
import { queueLogger, taskList } from "./tasks.ts";

/** Works off the queue, drains the outbox and keeps the schedules, until stopped; jobs under way are finished. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    connectionString: env.databaseUrl,
    concurrency: env.workerConcurrency,
    maxPoolSize: 8,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList,
    logger: queueLogger,
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
