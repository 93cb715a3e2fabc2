import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { stripeEvents, stripeObjects } from "#db/schema/sim-stripe";
import type { Operation } from "../simulator.ts";
import { asOf } from "./balance.ts";
import { missing } from "./errors.ts";
import type { Query, View } from "./gateway.ts";
import { type Created, createdWithin, listObjects, type Page } from "./lists.ts";
import { created, expand, nothing, page, text } from "./params.ts";
import { referenceIn, searchConditions } from "./search.ts";
import { findObject } from "./store.ts";
import { endpointById, endpoints } from "./webhook-endpoints.ts";
import { type BalanceTransaction, type Kind, referenceOf } from "./wire.ts";

const filter = text().optional();

type References = (string | undefined)[];

function referencesIn(body: object): References {
  const objects = "data" in body && Array.isArray(body.data) ? (body.data as object[]) : [body];
  return objects.map((object) => referenceOf(object));
}

const noReferences = (): References => [];

function retrieve<K extends Kind>(kind: K, operation: Operation): Query<z.output<typeof nothing>> {
  return {
    operation,
    params: nothing,
    references: referencesIn,
    run: async (view, _, id) => {
      const found = await findObject(view.db, view.account.id, kind, id);
      if (!found) throw missing(kind, id, kind === "payment_intent" ? "intent" : "id");
      return shown(found.body, view);
    },
  };
}

function shown(body: object, view: View): object {
  const isLine = "object" in body && body.object === "balance_transaction";
  return isLine ? asOf(body as BalanceTransaction, view.now) : body;
}

type Filters<N extends string> = { readonly [name in N]?: string | undefined };
type ListParams<N extends string> = Page & Filters<N> & { readonly created?: Created | undefined };

/** A list endpoint; `conditions` turns its own filters into SQL. */
function list<N extends string>(
  kind: Kind,
  url: string,
  operation: Operation,
  filters: readonly N[],
  conditions: (params: Filters<N>) => SQL[],
): Query<ListParams<N>> {
  const own = Object.fromEntries(filters.map((name) => [name, filter]));
  return {
    operation,
    // The names of the filters are known to the types only through `N`.
    params: z.strictObject({ ...page, created, ...own }) as unknown as z.ZodType<ListParams<N>>,
    references: referencesIn,
    run: async (view, params) => {
      const wanted = [...createdWithin(params.created), ...conditions(params)];
      const found = await listObjects(view.db, view.account.id, kind, params, wanted);
      return listOf(
        url,
        found.data.map((body) => shown(body as object, view)),
        found.hasMore,
      );
    },
  };
}

function listOf(url: string, data: unknown[], hasMore: boolean) {
  return { object: "list", data, has_more: hasMore, url };
}

function member(name: string, value: string | undefined): SQL[] {
  return value === undefined ? [] : [sql`${stripeObjects.body}->>${name} = ${value}`];
}

function ofIntent(id: string | undefined): SQL[] {
  return id === undefined ? [] : [eq(stripeObjects.paymentIntentId, id)];
}

const searchParams = z.strictObject({ query: text(), limit: page.limit, page: filter, expand });

/** The endpoints that only read. */
export const queries = {
  retrieve,
  listPaymentIntents: list("payment_intent", "/v1/payment_intents", "query", ["customer"], ({ customer }) =>
    member("customer", customer),
  ),
  listCharges: list("charge", "/v1/charges", "query", ["payment_intent"], (p) => ofIntent(p.payment_intent)),
  listRefunds: list("refund", "/v1/refunds", "query_refund", ["payment_intent", "charge"], (p) => [
    ...ofIntent(p.payment_intent),
    ...member("charge", p.charge),
  ]),
  listDisputes: list("dispute", "/v1/disputes", "query", ["payment_intent", "charge"], (p) => [
    ...ofIntent(p.payment_intent),
    ...member("charge", p.charge),
  ]),
  listBalanceTransactions: list(
    "balance_transaction",
    "/v1/balance_transactions",
    "statement",
    ["type", "source", "currency", "payout"],
    (p) => [
      ...member("type", p.type),
      ...member("source", p.source),
      ...member("currency", p.currency),
      // Nothing is ever paid out here, so no line belongs to a payout.
      ...(p.payout === undefined ? [] : [sql`false`]),
    ],
  ),

  /** Pages are numbered by an opaque token: the id of the last object of the page before. */
  searchPaymentIntents: {
    operation: "query",
    params: searchParams,
    references: (body, params) => [...referencesIn(body), referenceIn(params.query)],
    run: async (view, params) => {
      const { data, hasMore } = await listObjects(
        view.db,
        view.account.id,
        "payment_intent",
        { limit: params.limit, starting_after: params.page },
        searchConditions(params.query, view.now),
      );
      return {
        object: "search_result",
        data,
        has_more: hasMore,
        next_page: hasMore ? (data.at(-1) as { id: string }).id : null,
        url: "/v1/payment_intents/search",
      };
    },
  } satisfies Query<z.output<typeof searchParams>>,

  retrieveEvent: {
    operation: "query",
    params: nothing,
    references: noReferences,
    run: async (view, _, id) => {
      const [row] = await view.db
        .select({ payload: stripeEvents.payload })
        .from(stripeEvents)
        .where(and(eq(stripeEvents.id, id), eq(stripeEvents.accountId, view.account.id)));
      if (!row) throw missing("event", id);
      return JSON.parse(row.payload) as object;
    },
  } satisfies Query<z.output<typeof nothing>>,
  listEvents: {
    operation: "query",
    params: z.strictObject({ limit: page.limit, starting_after: filter, type: filter, expand }),
    references: noReferences,
    run: async (view, params) => {
      const { accountId, after } = { accountId: view.account.id, after: params.starting_after };
      const rows = await view.db
        .select({ payload: stripeEvents.payload })
        .from(stripeEvents)
        .where(
          and(
            eq(stripeEvents.accountId, accountId),
            params.type === undefined ? undefined : eq(stripeEvents.type, params.type),
            after === undefined
              ? undefined
              : lt(
                  stripeEvents.seq,
                  sql`(select seq from ${stripeEvents} where id = ${after} and account_id = ${accountId})`,
                ),
          ),
        )
        .orderBy(desc(stripeEvents.seq))
        .limit(params.limit + 1);
      const data = rows.slice(0, params.limit).map((row) => JSON.parse(row.payload) as object);
      return listOf("/v1/events", data, rows.length > params.limit);
    },
  } satisfies Query<{ limit: number; starting_after?: string | undefined; type?: string | undefined }>,

  listWebhookEndpoints: {
    operation: "any",
    params: z.strictObject(page),
    references: noReferences,
    run: async (view) => listOf("/v1/webhook_endpoints", await endpoints(view.db, view.account.id), false),
  } satisfies Query<Page>,
  retrieveWebhookEndpoint: {
    operation: "any",
    params: nothing,
    references: noReferences,
    run: (view, _, id) => endpointById(view.db, view.account.id, id),
  } satisfies Query<z.output<typeof nothing>>,
};
