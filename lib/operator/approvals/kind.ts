import type { z } from "@hono/zod-openapi";
import type { Tx } from "#db/tenancy";
import type { OperatorContext, OperatorTx } from "../context.ts";
import type { OperatorPermission } from "../permissions.ts";

/** What a reader of the proposal sees: plain values only, amounts as strings of minor units beside their currency. */
export type Facts = Readonly<Record<string, unknown>>;

/** As it is kept: plain JSON, which parses to itself. */
type Payload = Record<string, unknown>;

interface Named {
  /** `noun.verb`; its text stands under `console.approvals.kinds`, and the log calls the deed so. */
  readonly kind: string;
  readonly propose: OperatorPermission;
  readonly approve: OperatorPermission;
}

interface Acts<P, T> {
  /** What the proposal is about, from its payload. */
  objectId(payload: P): string;
  /** The facts now. @throws AppError when the deed is not possible */
  look(tx: T, payload: P, octx: OperatorContext): Promise<Facts>;
  /** Does it, in the transaction of the decision: both happen or none. No network call; a job does what needs one. */
  carryOut(tx: T, payload: P, octx: OperatorContext): Promise<Facts>;
}

interface Definition<P extends Payload, T> extends Named, Acts<P, T> {
  readonly payload: z.ZodType<P>;
}

/** A deed of any payload; each of its acts checks the payload it is given. */
interface Kind<T> extends Named, Acts<unknown, T> {
  readonly payload: z.ZodType<Payload>;
}

/** A deed at one merchant. `look` and `carryOut` run in a transaction of that merchant, as the operator. */
export interface MerchantKind extends Kind<Tx> {
  readonly scope: "merchant";
}

/** A deed on the platform itself. */
export interface PlatformKind extends Kind<OperatorTx> {
  readonly scope: "platform";
}

export type ApprovalKind = MerchantKind | PlatformKind;

/** Says that something is a kind, with its payload's type inferred from the schema. */
export function merchantKind<P extends Payload>(definition: Definition<P, Tx>): MerchantKind {
  return { ...anyPayload(definition), scope: "merchant" };
}

export function platformKind<P extends Payload>(definition: Definition<P, OperatorTx>): PlatformKind {
  return { ...anyPayload(definition), scope: "platform" };
}

function anyPayload<P extends Payload, T>(definition: Definition<P, T>): Kind<T> {
  const { payload: schema } = definition;
  return {
    ...definition,
    objectId: (payload) => definition.objectId(schema.parse(payload)),
    look: (tx, payload, octx) => definition.look(tx, schema.parse(payload), octx),
    carryOut: (tx, payload, octx) => definition.carryOut(tx, schema.parse(payload), octx),
  };
}
