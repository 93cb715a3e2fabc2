import type { Hono } from "hono";
import type { Clock } from "#lib/kernel/clock";

/** The test shopper can do nothing with this payment: there is none, or it waits for nobody. */
export class NothingToAct extends Error {
  override readonly name: string = "NothingToAct";
}

/**
 * What a simulated provider is made to do wrong. Each fault is used up by the calls or notifications it is set for.
 * The names are the same for every provider; each simulator expresses them in its own protocol.
 */
export const faultKinds = [
  /** The next `times` calls of `operation` get no answer, and nothing happens. */
  "timeout",
  /** The next `times` calls of `operation` are carried out, then the connection drops without an answer. */
  "lost_answer",
  /** The next `times` calls of `operation` get the provider's own "system error", and nothing happens. */
  "system_error",
  /** Calls of `operation` answer after `delayMs`. */
  "slow",
  /** The next `times` notifications are never sent (not even retried). */
  "lose_notification",
  /** The next notification is sent `times` more times although it was accepted. */
  "repeat_notification",
  /** The next two notifications are sent in the wrong order (the first is held back until after the second). */
  "reorder_notifications",
  /** The next `times` notifications carry a wrong signature. */
  "corrupt_notification",
  /** The next `times` payments report an amount of `amount` minor units instead of what was asked. */
  "wrong_amount",
  /** The next `times` refunds end as failed at the provider. */
  "fail_refund",
  /** Refunds stay in progress for `delayMs` before they succeed. */
  "slow_refund",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export const operations = ["pay", "query", "close", "capture", "refund", "query_refund", "statement", "any"] as const;
export type Operation = (typeof operations)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly operation?: Operation;
  readonly times?: number;
  readonly delayMs?: number;
  readonly amount?: number;
  /** Only for this merchant reference (our attempt or refund id); for the whole account when undefined. */
  readonly reference?: string;
}

/** A fault that is set; `remaining` counts its uses down, null when it lasts. */
export interface SetFault extends Fault {
  readonly remaining: number | null;
}

/** Out of a simulator's own row. */
export function setFault(row: {
  readonly kind: string;
  readonly operation: string | null;
  readonly reference: string | null;
  readonly remaining: number | null;
  readonly delayMs: number | null;
  readonly amount: number | bigint | null;
}): SetFault {
  return {
    kind: row.kind as FaultKind,
    operation: (row.operation ?? "any") as Operation,
    remaining: row.remaining,
    ...(row.reference && { reference: row.reference }),
    ...(row.delayMs && { delayMs: row.delayMs }),
    ...(row.amount !== null && { amount: Number(row.amount) }),
  };
}

/** What the test shopper does in the wallet. */
export type ShopperAct =
  | { readonly act: "pay"; readonly afterMs?: number }
  | { readonly act: "cancel" }
  /** `reason` is one of our decline reasons; the simulator says it in the provider's codes. */
  | { readonly act: "fail"; readonly reason?: string };

/** What the simulator knows of one payment, for test pages and tests. */
export interface SimulatedPayment {
  readonly reference: string;
  readonly providerReference: string;
  readonly status: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly refunds: readonly { readonly reference: string; readonly status: string; readonly amount: number }[];
  readonly notificationsSent: number;
  readonly notificationsDue: number;
}

export interface SimulatorDependencies {
  readonly clock: Clock;
  /** Where the shopper's browser reaches this simulator's pages: the product's own public origin. */
  readonly publicUrl: string;
}

/** The provider's side of the wire: its own tables (schema `sim`), its own keys, its own reading of the protocol. */
export interface Simulator {
  /** Same as the channel's name. */
  readonly name: string;
  /** The provider's HTTP surface. Mounted at `/<name>` of the simulators' port and at `/sim/<name>` of the public one. */
  readonly app: Hono;
  /** Opens an account at the provider and returns the credentials its console would show, in the adapter's schema. */
  provision(account: { label: string }): Promise<Record<string, string>>;
  /** Finds an account by what the credentials name (mchid, app_id, secret key), sets its faults (replacing earlier ones). */
  setFaults(credentials: Record<string, string>, faults: readonly Fault[]): Promise<void>;
  /** Those that are set and not used up. */
  faults(credentials: Record<string, string>): Promise<readonly SetFault[]>;
  /** The test shopper acts on the payment with this merchant reference. @throws NothingToAct */
  act(credentials: Record<string, string>, reference: string, act: ShopperAct): Promise<SimulatedPayment>;
  payment(credentials: Record<string, string>, reference: string): Promise<SimulatedPayment | undefined>;
  /**
   * Sends the notifications and finishes the slow payments that are due; returns how many it handled. Called every
   * 250 ms by the server, and directly by tests after they moved the clock.
   */
  runDue(): Promise<number>;
}
