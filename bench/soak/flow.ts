import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { HttpClient } from "../http-client.ts";
import { type Arrival, LoadError } from "../load.ts";
import type { Receiver } from "../receiver.ts";
import {
  confirmInWallet,
  createOrder,
  NoCodeYet,
  nextNumber,
  payingOf,
  startAttempt,
  UnexpectedAnswer,
} from "../shop.ts";
import type { Fleet } from "./fleet.ts";

/** How far the shop itself knows an order to have come: what it was told, not what a table says. */
export type Known = "created" | "started" | "paid" | "declined";

export interface SoakFlow {
  /** Resolves when the shopper has done their part; `told` when the merchant's webhook has said how it ended. */
  pay(arrival: Arrival): Promise<{ told: Promise<void> }>;
  /** Orders by id, with what the shop knows of each. */
  readonly orders: ReadonlyMap<string, Known>;
  /** Orders whose creation was never answered: they may be there or not. */
  readonly unanswered: ReadonlySet<number>;
  /** Calls that had to be sent again, by why. */
  readonly repeats: ReadonlyMap<string, number>;
  /** Payments whose webhook is still awaited. */
  readonly awaited: number;
  close(): void;
}

/** Longer than a killed process's attempt needs until it is found out to have come to nothing, a minute. */
const patienceMs = 180_000;
/** The slowest provider's second notification comes after four minutes, should the first find nobody. */
const toldTimeoutMs = 600_000;
const mostPauseMs = 2_000;

/**
 * A shop that lives with servers that die: it asks the two web processes in turn, and sends again, under the same
 * Idempotency-Key, whatever got no answer.
 */
export function openSoakFlow(
  { webUrls, simulatorUrl }: Fleet,
  publicUrl: string,
  keys: readonly string[],
  receiver: Receiver,
): SoakFlow {
  const webs = webUrls.map((url) => new HttpClient(url));
  const wallets = new HttpClient(simulatorUrl);
  const orders = new Map<string, Known>();
  const unanswered = new Set<number>();
  const repeats = new Map<string, number>();
  let turn = 0;
  let awaited = 0;
  const nextWeb = (): HttpClient => {
    const web = webs[turn++ % webs.length];
    if (!web) throw new Error("no web process");
    return web;
  };
  const persist = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
    const until = performance.now() + patienceMs;
    for (let tries = 0; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        const why = passing(error);
        if (!why || performance.now() > until) throw error;
        repeats.set(`${what}: ${why}`, (repeats.get(`${what}: ${why}`) ?? 0) + 1);
        await pause(Math.min(100 * 2 ** tries, mostPauseMs));
      }
    }
  };
  return {
    orders,
    unanswered,
    repeats,
    get awaited() {
      return awaited;
    },
    async pay({ scheduledAt, record }) {
      const own = nextNumber();
      const key = keys[own % keys.length] ?? "";
      const paying = payingOf(own);
      unanswered.add(own);
      const orderId = await persist("create", () => createOrder(nextWeb(), key, paying, own));
      unanswered.delete(own);
      orders.set(orderId, "created");
      const createdAt = performance.now();
      record("create", createdAt - scheduledAt);
      const attempt = await persist("start", () => startAttempt(nextWeb(), publicUrl, orderId, paying));
      orders.set(orderId, "started");
      record("start, provider included", performance.now() - createdAt);
      if (paying.declines !== (attempt.status === "failed")) throw new LoadError(`start: ${attempt.status}`);
      const { code } = attempt;
      if (code) await persist("confirm", () => confirmInWallet(wallets, paying.method, code));
      orders.set(orderId, paying.declines ? "declined" : "paid");
      const confirmedAt = performance.now();
      awaited += 1;
      const told = receiver
        .ended(orderId, toldTimeoutMs)
        .then(() => record("confirmed to webhook", performance.now() - confirmedAt))
        // The accounting at the end finds what never came.
        .catch(() => {})
        .finally(() => {
          awaited -= 1;
        });
      return { told };
    },
    close() {
      for (const client of [...webs, wallets]) client.close();
    },
  };
}

/** What a caller may expect of servers that die and come back: no answer, a server's error, the same request under way. */
function passing(error: unknown): string | undefined {
  if (error instanceof UnexpectedAnswer) {
    const isPassing = error.status >= 500 || /_in_progress$/.test(error.code);
    return isPassing ? `${error.status} ${error.code}`.trim() : undefined;
  }
  if (error instanceof NoCodeYet) return error.message;
  if (error instanceof LoadError || !(error instanceof Error)) return undefined;
  return (error as NodeJS.ErrnoException).code ?? error.message;
}
