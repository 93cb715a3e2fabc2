import { operatorDatabase } from "#db/operator-database";
import { type Context, openContext } from "#db/tenancy";
import type { RequestActor } from "#lib/audit/actor";
import { type Clock, systemClock } from "#lib/kernel/clock";
import { NotFound } from "#lib/kernel/errors";
import { isMerchantId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import type { OperatorPermission, OperatorRole } from "./permissions.ts";

export interface OperatorPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: OperatorRole;
  /** IANA name; times are told by it. */
  readonly timeZone: string;
  readonly permissions: ReadonlySet<OperatorPermission>;
  /** Signing in asks for a code too. */
  readonly hasSecondFactor: boolean;
}

type OperatorSession = Parameters<Parameters<ReturnType<typeof operatorDatabase>["transaction"]>[0]>[0];

/** An open transaction of the operators' role: sees every merchant. */
export interface OperatorTx {
  readonly octx: OperatorContext;
  readonly db: OperatorSession;
  readonly now: Date;
}

export interface OperatorContextInput {
  readonly operator: OperatorPerson;
  readonly sessionId: string;
  readonly requestId: string;
  readonly locale: Locale;
  readonly ip?: string;
  readonly userAgent?: string;
  readonly clock?: Clock;
}

/** Which operator asks, and from where. First parameter of every verb of lib/operator. */
export class OperatorContext {
  readonly operator: OperatorPerson;
  readonly sessionId: string;
  readonly requestId: string;
  readonly locale: Locale;
  readonly actor: RequestActor;
  readonly clock: Clock;

  constructor(input: OperatorContextInput) {
    this.operator = input.operator;
    this.sessionId = input.sessionId;
    this.requestId = input.requestId;
    this.locale = input.locale;
    this.clock = input.clock ?? systemClock;
    this.actor = {
      type: "operator",
      id: input.operator.id,
      ...(input.ip && { ip: input.ip }),
      ...(input.userAgent && { userAgent: input.userAgent }),
    };
  }

  get now(): Date {
    return this.clock.now();
  }

  may(permission: OperatorPermission): boolean {
    return this.operator.permissions.has(permission);
  }

  /** A transaction over all merchants. No network call may happen inside. */
  transaction<T>(work: (tx: OperatorTx) => Promise<T>): Promise<T> {
    return operatorDatabase().transaction((db) => work({ octx: this, db, now: this.now }));
  }

  /**
   * One merchant, as this operator: every verb of the merchant's own can be called with it, and inside its transactions
   * the platform's own tables can be written too.
   *
   * @throws NotFound when the text is no merchant's id
   */
  at(merchantId: string, livemode: boolean): Context {
    if (!isMerchantId(merchantId)) throw new NotFound("merchant");
    return openContext({
      merchantId,
      livemode,
      actor: this.actor,
      requestId: this.requestId,
      locale: this.locale,
      clock: this.clock,
      db: operatorDatabase(),
    });
  }
}
