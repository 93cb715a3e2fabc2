import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { deliverWebhooks } from "#lib/webhooks/deliver-webhooks";
import { startOutbox } from "#lib/webhooks/start-outbox";
import { endLease, leaseRenewalMs, renewLeases } from "./leases.ts";
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
/** Longer than any job; a runner that has not ended by then never will. */
const endPatienceMs = 20_000;
const mostLeaseTries = 5;

/**
 * A runner that is started anew when it gives up, as graphile-worker does after its connections broke: a database that
 * comes back must find its worker there, and jobs that the old one held must not wait for it.
 */
async function keepRunning(tasks: TaskList, concurrency: number): Promise<{ stop(): Promise<void> }> {
  let isStopping = false;
  // The first start's failure is the caller's: a wrong address or missing migrations will not mend themselves.
  let pool = await startPool(tasks, concurrency);
  const beat = setInterval(() => {
    renewLeases([pool.id]).catch((error: unknown) => log.warn({ err: error }, "worker lease not renewed"));
  }, leaseRenewalMs);
  const supervise = async () => {
    while (!isStopping) {
      await ended(pool);
      while (!isStopping) {
        log.warn("job runner ended; starting it again");
        await pause(restartPauseMs);
        const former = pool.id;
        const next = await startPool(tasks, concurrency).catch(() => undefined);
        if (!next) continue;
        pool = next;
        if (isStopping) await next.runner.stop();
        await giveUpLease(former);
        break;
      }
    }
  };
  const supervision = supervise();
  return {
    async stop() {
      isStopping = true;
      clearInterval(beat);
      await Promise.race([pool.runner.stop().catch(() => {}), pool.stuck]);
      await supervision;
      await endLease(pool.id).catch((error: unknown) => log.warn({ err: error }, "worker lease not ended"));
    },
  };
}

/** A runner with the id under which it locks jobs. */
/** Tries again while connections are being made anew: until the lease has ended, the lost runner's jobs stay locked. */
async function giveUpLease(id: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await endLease(id);
      return;
    } catch (error) {
      // It ends by itself within a minute.
      if (tries === mostLeaseTries) return void log.warn({ err: error }, "worker lease not ended");
      await pause(restartPauseMs);
    }
  }
}

interface Pool {
  readonly id: string;
  readonly runner: Runner;
  /**
   * Resolves when the runner began to end and did not get there. graphile-worker 0.18 miscounts when two of its batched
   * writes break off at once, as they do when the database restarts, and then waits for ever while its jobs stay locked.
   */
  readonly stuck: Promise<void>;
}

/** Waits for the end of a runner, or gives it up; the lease that is ended afterwards gives its jobs to others. */
async function ended({ runner, stuck }: Pool): Promise<void> {
  const end = runner.promise.catch((error: unknown) => log.error({ err: error }, "job runner failed"));
  await Promise.race([end, stuck.then(() => log.error("job runner did not end; giving it up"))]);
}

async function startPool(tasks: TaskList, concurrency: number): Promise<Pool> {
  let id = "";
  const events: WorkerEvents = new EventEmitter();
  const stuck = new Promise<void>((resolve) => {
    events.on("pool:gracefulShutdown", () => void setTimeout(resolve, endPatienceMs).unref());
  });
  events.on("pool:create", ({ workerPool }) => {
    id = workerPool.id;
  });
  const runner = await run({
    connectionString: env.databaseUrl,
    concurrency,
    maxPoolSize: 6,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: tasks,
    logger: queueLogger,
    events,
    preset: { worker: { completeJobBatchDelay: 5, failJobBatchDelay: 5, localQueue: { size: concurrency * 4 } } },
  });
  await renewLeases([id]);
  return { id, runner, stuck };
}
