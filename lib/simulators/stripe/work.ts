import { type SQL, sql } from "drizzle-orm";
import { stripeAccounts, stripeEvents, stripeObjects, stripeTasks } from "#db/schema/sim-stripe";
import type { TakeFault } from "./faults.ts";
import { newId } from "./ids.ts";
import type { Account, Tx } from "./store.ts";
import { apiVersion, type Body, type EventType, type Hidden, idOf, type Kind, referenceOf, seconds } from "./wire.ts";

export type TaskKind = "authenticate" | "refund_succeeds" | "refund_fails" | "authorization_expires";

type ObjectRow = typeof stripeObjects.$inferInsert;
type Row<T> = Omit<T, "nextAt">;

/** One request or one task at the provider: whose it is, when, and what it writes. */
export interface Call {
  readonly tx: Tx;
  readonly account: Account;
  readonly now: Date;
  readonly publicUrl: string;
  readonly work: Work;
  readonly fault: TakeFault;
}

/** Null when the provider acts by itself. */
export type RequestOfEvent = { readonly id: string; readonly idempotency_key: string | null } | null;

/**
 * Collects what a call changes and writes it in one statement. Bodies are taken as they stand at `flush`, events as they
 * stood when they happened.
 */
export class Work {
  readonly #tx: Tx;
  readonly #accountId: string;
  readonly #now: Date;
  readonly #request: RequestOfEvent;
  readonly #objects = new Map<string, () => ObjectRow>();
  readonly #events: Row<typeof stripeEvents.$inferInsert>[] = [];
  readonly #tasks: (typeof stripeTasks.$inferInsert)[] = [];

  constructor(tx: Tx, accountId: string, now: Date, request: RequestOfEvent) {
    this.#tx = tx;
    this.#accountId = accountId;
    this.#now = now;
    this.#request = request;
  }

  put<K extends Kind>(body: Body<K> & { object: K }, hidden: Hidden<K>): void {
    this.#objects.set(body.id, () => ({
      id: body.id,
      accountId: this.#accountId,
      object: body.object,
      paymentIntentId: ("payment_intent" in body && idOf(body.payment_intent)) || null,
      reference: ("metadata" in body && referenceOf(body)) || null,
      created: body.created,
      body,
      hidden,
    }));
  }

  /** @param references the merchant's references that a fault may name to catch this event */
  emit(
    type: EventType,
    object: { object: string },
    references: readonly (string | undefined)[],
    previous?: object,
  ): void {
    const id = newId("event");
    const event = {
      id,
      object: "event",
      api_version: apiVersion,
      created: seconds(this.#now),
      data: { object, ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: this.#request ?? { id: null, idempotency_key: null },
      type,
    };
    this.#events.push({
      id,
      accountId: this.#accountId,
      type,
      references: [...new Set(references.filter((reference) => reference !== undefined))],
      payload: JSON.stringify(event, undefined, 2),
      created: event.created,
    });
  }

  later(kind: TaskKind, objectId: string, afterMs: number): void {
    this.#tasks.push({ accountId: this.#accountId, kind, objectId, dueAt: new Date(this.#now.getTime() + afterMs) });
  }

  /** An object as this call leaves it, if the call has touched it. */
  changed(id: string): unknown {
    return this.#objects.get(id)?.().body;
  }

  /**
   * @param last a statement that goes with it, at the end
   * @returns how many rows `last` returned
   */
  async flush(last?: SQL): Promise<number> {
    const statements = this.#statements();
    if (last) statements.push(last);
    const main = statements.pop();
    if (!main) return 0;
    const others = statements.map((statement, position) => sql`${sql.identifier(`part${position}`)} as (${statement})`);
    const rows = await this.#tx.execute(others.length === 0 ? main : sql`with ${sql.join(others, sql`, `)} ${main}`);
    return last ? rows.length : 0;
  }

  #statements(): SQL[] {
    const statements: SQL[] = [];
    const objects = [...this.#objects.values()].map((row) => row());
    if (objects.length > 0) {
      const insert = this.#tx
        .insert(stripeObjects)
        .values(objects)
        .onConflictDoUpdate({
          target: stripeObjects.id,
          set: { body: sql`excluded.body`, hidden: sql`excluded.hidden`, reference: sql`excluded.reference` },
        });
      statements.push(insert.getSQL());
    }
    if (this.#events.length > 0) {
      const rows = this.#events.map((event) => ({ ...event, nextAt: this.#due(event.type) }));
      statements.push(this.#tx.insert(stripeEvents).values(rows).getSQL());
    }
    if (this.#tasks.length > 0) statements.push(this.#tx.insert(stripeTasks).values(this.#tasks).getSQL());
    return statements;
  }

  /** Now, when the account has an endpoint that wants this type; null otherwise, and then it is never sent. */
  #due(type: string) {
    return sql`(select ${this.#now.toISOString()}::timestamptz from ${stripeAccounts}
      where ${stripeAccounts.id} = ${this.#accountId} and ${stripeAccounts.webhookUrl} is not null
        and ${stripeAccounts.enabledEvents} && array['*', ${type}]::text[])`;
  }
}
