import { setTimeout as pause } from "node:timers/promises";
import { type Runner, run, type TaskList } from "graphile-worker";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { deliverWebhooks } from "#lib/webhooks/deliver-webhooks";
import { startOutbox } from "#lib/webhooks/start-outbox";
import { startSchedules } from "./schedules.ts";
import { queueLogger, taskList } from "./tasks.ts";

/** Works off the queue, drains the outbox and keeps the schedules, until stopped; jobs under way are finished. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const { [deliverWebhooks.name]: deliver, ...others } = taskList;
  // Two queues in one: endpoints that answer slowly must not take the places of jobs that move money.
  const runners = await Promise.all([
    keepRunning(others, env.workerConcurrency),
    keepRunning({ [deliverWebhooks.name]: deliver }, env.webhookConcurrency),
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

const restartPauseMs = 1_000;

/**
 * A runner that is started anew when it gives up, as graphile-worker does after its connections broke: a database that
 * comes back must find its worker there.
 */
async function keepRunning(tasks: TaskList, concurrency: number): Promise<{ stop(): Promise<void> }> {
  let isStopping = false;
  // The first start's failure is the caller's: a wrong address or missing migrations will not mend themselves.
  let runner = await startRunner(tasks, concurrency);
  const supervise = async () => {
    while (!isStopping) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, "job runner failed"));
      while (!isStopping) {
        log.warn("job runner ended; starting it again");
        await pause(restartPauseMs);
        const next = await startRunner(tasks, concurrency).catch(() => undefined);
        if (!next) continue;
        runner = next;
        break;
      }
    }
  };
  const supervision = supervise();
  return {
    async stop() {
      isStopping = true;
      await runner.stop().catch(() => {});
      await supervision;
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
