import type { Database } from "#db/client";
import { type Clock, systemClock } from "#lib/kernel/clock";
import { log } from "#lib/kernel/log";
import { drainOutbox } from "./drain-outbox.ts";
import { onOutboxWake } from "./wake.ts";

export interface OutboxOptions {
  readonly database?: Database;
  readonly clock?: Clock;
  /** How long an event of another process may wait before this one looks. */
  readonly pollMs?: number;
  /** Pause between two rounds under load: events that arrive meanwhile share a transaction. */
  readonly gatherMs?: number;
}

/**
 * Drains the outbox in the background: when this process emits, and every half second for what the others emit.
 *
 * @returns how to stop; resolves when the round under way has ended
 */
export function startOutbox(options: OutboxOptions = {}): { stop(): Promise<void> } {
  const { database, clock = systemClock, pollMs = 500, gatherMs = 100 } = options;
  let isStopped = false;
  let isWoken = true;
  let wakeSleeper = () => {};
  const off = onOutboxWake(() => {
    isWoken = true;
    wakeSleeper();
  });
  const sleep = (ms: number, isWakeable: boolean) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeSleeper = () => {
        if (!isWakeable && !isStopped) return;
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!isStopped) {
      isWoken = false;
      try {
        await drainOutbox(database, clock);
      } catch (error) {
        log.error({ err: error }, "outbox not drained; trying again");
      }
      if (!isStopped) await sleep(gatherMs, false);
      if (!isStopped && !isWoken) await sleep(pollMs, true);
    }
  })();

  return {
    async stop() {
      isStopped = true;
      off();
      wakeSleeper();
      await running;
    },
  };
}
