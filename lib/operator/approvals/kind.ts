import type { z } from "@hono/zod-openapi";
import type { Tx } from "#db/tenancy";
import type { OperatorContext, OperatorTx } from "../context.ts";
import type { OperatorPermission } from "../permissions.ts";

/** What a reader of the proposal sees: plain values only, amounts as strings of minor units beside their currency. */
export type Facts = Readonly<Record<string, unknown>>;

interface Common<P> {
  /** `noun.verb`; its text stands under `console.approvals.kinds`, and the log calls the deed so. */
  readonly kind: string;
  readonly propose: OperatorPermission;
  readonly approve: OperatorPermission;
  readonly payload: z.ZodType<P>;
  /** What the proposal is about, from its payload. */
  objectId(payload: P): string;
}

/** A deed at one merchant. `look` and `carryOut` run in a transaction of that merchant, as the operator. */
export interface MerchantKind<P> extends Common<P> {
  readonly scope: "merchant";
  /** The facts now. @throws AppError when the deed is not possible */
  look(tx: Tx, payload: P, octx: OperatorContext): Promise<Facts>;
  /** Does it, in the transaction of the decision: both happen or none. No network call; a job does what needs one. */
  carryOut(tx: Tx, payload: P, octx: OperatorContext): Promise<Facts>;
}

/** A deed on the platform itself. */
export interface PlatformKind<P> extends Common<P> {
  readonly scope: "platform";
  look(tx: OperatorTx, payload: P, octx: OperatorContext): Promise<Facts>;
  carryOut(tx: OperatorTx, payload: P, octx: OperatorContext): Promise<Facts>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds, each with a payload of its own that its schema checks
export type ApprovalKind = MerchantKind<any> | PlatformKind<any>;

/** Says that something is a kind, with its payload's type inferred from the schema. */
export function merchantKind<P>(kind: Omit<MerchantKind<P>, "scope">): MerchantKind<P> {
  return { ...kind, scope: "merchant" };
}

export function platformKind<P>(kind: Omit<PlatformKind<P>, "scope">): PlatformKind<P> {
  return { ...kind, scope: "platform" };
}
