import { type Runner, run, type TaskList } from "graphile-worker";
import { env } from "#lib/kernel/env";
import { deliverWebhooks } from "#lib/webhooks/deliver-webhooks";
import { startOutbox } from "#lib/webhooks/start-outbox";
import { startSchedules } from "./schedules.ts";
import { queueLogger, taskList } from "./tasks.ts";

/** Works off the queue, drains the outbox and keeps the schedules, until stopped; jobs under way are finished. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const { [deliverWebhooks.name]: deliver, ...others } = taskList;
  // Two queues in one: endpoints that answer slowly must not take the places of jobs that move money.
  const runners = await Promise.all([
    startRunner(others, env.workerConcurrency),
    startRunner({ [deliverWebhooks.name]: deliver }, env.webhookConcurrency),
  ]);
  const outbox = startOutbox();
  const rhythm = startSchedules();
  return {
    async stop() {
      await Promise.all([rhythm.stop(), outbox.stop()]);
      await Promise.all(runners.map((runner) => runner.stop()));
    },
  };
}

function startRunner(tasks: TaskList, concurrency: number): Promise<Runner> {
  return run({
    connectionString: env.databaseUrl,
    concurrency,
    maxPoolSize: 6,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: tasks,
    logger: queueLogger,
    preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: concurrency * 4 } } },
  });
}
