import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "#lib/access/permissions";
import { createApiKey } from "#lib/api-keys/create-key";
import { requestExport } from "#lib/exports/request-export";
import { createExportSchema } from "#lib/exports/schemas";
import { newId, newPlatformId } from "#lib/kernel/ids";
import { addEntry } from "#lib/lists/add-entry";
import { closeOrder } from "#lib/orders/close-order";
import { requestPrivacy } from "#lib/privacy/request-privacy";
import { writeRequests } from "#lib/request-log/keep-request";
import { createRole } from "#lib/roles/create-role";
import { saveView } from "#lib/saved-views/save-view";
import { type Answer, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { openTicket } from "#lib/tickets/open-ticket";
import { openTicketSchema } from "#lib/tickets/schemas";
import { createEndpoint } from "#lib/webhooks/create-endpoint";

let platform: Platform;
let mine: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  mine = await platform.merchant({}, ["wechatpay"]);
  await createEndpoint(mine.ctx, { url: "http://127.0.0.1:9/hook", eventTypes: ["*"] });
  await mine.key();
  await paidOrder(platform, mine.ctx);
  await platform.deliverWebhooks();
});
afterAll(() => platform.end());

const someEntry = { action: "block", kind: "email", value: "jo@bad.example", reason: "Test" } as const;
const someRole = { name: "Counter", description: "", permissions: ["orders:read"] as const };

interface Named {
  readonly real: string;
  readonly none: string;
}

describe("the walk over every route", () => {
  let key: string;
  let ids: Record<string, Named>;

  /** Ids of mine by the collection that they stand behind in an address, each with one that never existed. */
  async function collect(): Promise<Record<string, Named>> {
    const { ctx, merchantId } = mine;
    const paid = await paidOrder(platform, ctx);
    const made = await refund(ctx, paid.id, 100);
    const [attempt] = await attemptsOfOrder(ctx, paid.id);
    const first = async (table: string) =>
      (
        await platform.owner<{ id: string }[]>`
        select id from ${platform.owner(table)} where merchant_id = ${merchantId} and livemode = false limit 1`
      )[0]?.id ?? "";
    const loggedRequest = async () => {
      await platform.call(await mine.key(), "GET", "/v1/orders");
      await writeRequests();
      return first("request_log");
    };
    const open = await openOrder(ctx);
    const saved = await saveView(ctx, { list: "orders", name: "Mine", filters: {}, columns: [], density: "compact" });
    const file = await requestExport(ctx, createExportSchema.parse({ object: "orders", format: "csv" }));
    const named = (real: string, kind: Parameters<typeof newId>[0]) => ({ real, none: newId(kind, merchantId) });
    return {
      orders: named(open.id, "order"),
      attempts: named(attempt?.id ?? "", "attempt"),
      refunds: named(made.id, "refund"),
      events: named(await first("events"), "event"),
      webhook_endpoints: named(await first("webhook_endpoints"), "webhookEndpoint"),
      webhook_deliveries: named(await first("webhook_deliveries"), "webhookDelivery"),
      channel_accounts: named(mine.accounts.wechatpay?.id ?? "", "channelAccount"),
      exports: named(file.id, "export"),
      tickets: named(await ticket(), "ticket"),
      requests: named((await requestPrivacy(ctx, "export", { email: "lin@example.com" })).id, "privacyRequest"),
      documents: named(await paper(merchantId), "file"),
      list_entries: named((await addEntry(ctx, someEntry)).id, "listEntry"),
      saved_views: named(saved.id, "savedView"),
      api_keys: named(await first("api_keys"), "apiKey"),
      request_logs: named(await loggedRequest(), "requestLog"),
      members: { real: await member(merchantId), none: newPlatformId("user") },
      invitations: named(await invitation(merchantId), "invitation"),
      domains: { real: await ssoDomain(merchantId), none: "never.example" },
      roles: named((await createRole(ctx, someRole, permissionsOf("owner"))).id, "role"),
    };
  }

  async function member(merchantId: string): Promise<string> {
    const id = newPlatformId("user");
    await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${id}, 'owner')`;
    return id;
  }

  async function ssoDomain(merchantId: string): Promise<string> {
    await platform.owner`insert into sso_domains (merchant_id, domain) values (${merchantId}, 'mine.example')`;
    return "mine.example";
  }

  async function paper(merchantId: string): Promise<string> {
    const id = newId("file", merchantId);
    await platform.owner`insert into sealed_files
      (merchant_id, id, purpose, owner_id, name, content_type, size, sha256, sealed_key, content, uploaded_by)
      values (${merchantId}, ${id}, 'application', ${`application:${merchantId}`}, 'a.pdf', 'application/pdf', 1, '', '', '', 'usr_1')`;
    return id;
  }

  async function ticket(): Promise<string> {
    const input = openTicketSchema.parse({ subject: "S", category: "other", body: "Why?" });
    return (await openTicket(mine.ctx, input)).ticket.id;
  }

  async function invitation(merchantId: string): Promise<string> {
    const id = newId("invitation", merchantId);
    await platform.owner`insert into invitations (merchant_id, id, email, role, hash, invited_by, expires_at)
      values (${merchantId}, ${id}, 'jo@shop.example', 'admin', ${id}, 'usr_1', now() + interval '1 day')`;
    return id;
  }

  beforeAll(async () => {
    const stranger = await platform.merchant({}, []);
    key = await stranger.key();
    ids = await collect();
  });

  /** Bodies that pass validation, so that it is the id that is answered. */
  const bodies: Record<string, (id: (collection: string) => string) => unknown> = {
    "POST /v1/refunds": (id) => ({ order: id("orders"), merchant_refund_no: "R" }),
    "POST /v1/events/replay": (id) => ({ endpoint: id("webhook_endpoints"), from_sequence: 1, to_sequence: 2 }),
    "POST /v1/tickets": (id) => ({ subject: "S", category: "other", body: "Mine?", order: id("orders") }),
    "POST /v1/tickets/{id}/messages": () => ({ body: "Mine?" }),
    "POST /v1/orders/{id}/attempts": () => ({ method: "wechat_pay" }),
    "POST /v1/test/orders/{id}/act": () => ({ act: "pay" }),
    "POST /v1/test/orders/{id}/faults": () => ({ faults: [] }),
    "POST /v1/test/channel_accounts/{id}/faults": () => ({ faults: [] }),
    "PATCH /v1/webhook_endpoints/{id}": () => ({ description: "mine now" }),
    "PATCH /v1/channel_accounts/{id}": () => ({ label: "mine now" }),
    "PATCH /v1/members/{id}": () => ({ role: "admin" }),
    "PATCH /v1/roles/{id}": () => ({ name: "mine now" }),
    "PATCH /v1/api_keys/{id}": () => ({ label: "mine now" }),
    "POST /v1/api_keys/{id}/roll": () => ({}),
    "POST /v1/api_keys/{id}/signing": () => ({ algorithm: "hmac-sha256", required: true }),
  };
  /** The knowledge base is the platform's: every merchant reads the same. */
  const everybodys = "/v1/articles/";
  const filters: Record<string, string> = {
    order: "orders",
    object_id: "orders",
    endpoint: "webhook_endpoints",
    event: "events",
  };

  interface Route {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly query: readonly string[];
  }

  async function routes(): Promise<Route[]> {
    const { body } = await platform.call(undefined, "GET", "/v1/openapi.json");
    const paths = body.paths as Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([verb, { parameters = [] }]) => ({
        name: `${verb.toUpperCase()} ${path}`,
        method: verb.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === "query").map((parameter) => parameter.name),
      })),
    );
  }

  function named(collection: string, which: keyof Named): string {
    const found = ids[collection]?.[which];
    if (!found) throw new Error(`the walk knows no id of ${collection}: add one to collect()`);
    return found;
  }

  function ask(route: Route, which: keyof Named): Promise<Answer> {
    const path = route.path.replace(
      /(\w+)\/\{\w+\}/,
      (_all, collection: string) => `${collection}/${named(collection, which)}`,
    );
    const body = bodies[route.name]?.((collection) => named(collection, which));
    const idempotency = { "idempotency-key": `${route.name.replaceAll(/\W/g, "-")}-${which}` };
    return platform.call(key, route.method, path, body, route.method === "POST" ? idempotency : {});
  }

  const told = ({ status, body }: Answer) => ({ status, body: { ...body, request_id: "" } });

  it("answers another merchant's id in an address or a body word for word like one that never existed", async () => {
    const walked = (await routes()).filter(
      (route) => (route.path.includes("{") || route.name in bodies) && !route.path.startsWith(everybodys),
    );
    expect(walked.length).toBeGreaterThan(20);
    for (const route of walked) {
      const [real, none] = [await ask(route, "real"), await ask(route, "none")];
      expect({ route: route.name, ...told(real) }).toEqual({ route: route.name, ...told(none) });
      expect({ route: route.name, status: real.status, code: real.body.code }).toEqual({
        route: route.name,
        status: 404,
        code: "not_found",
      });
    }
  });

  it("gives an empty list for every filter and cursor that names another merchant's object", async () => {
    const lists = (await routes()).filter(
      (route) => route.method === "GET" && !route.path.includes("{") && route.query.length > 0,
    );
    expect(lists.length).toBeGreaterThan(4);
    const required: Record<string, string> = {
      "GET /v1/balances/statement":
        "account=merchant_pending&currency=CNY&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z&",
    };
    for (const route of lists) {
      const cursor = route.query.includes("starting_after") ? ["starting_after"] : [];
      for (const parameter of [...cursor, ...route.query.filter((name) => name in filters)]) {
        const value = named(filters[parameter] ?? "orders", "real");
        const answer = await platform.call(
          key,
          "GET",
          `${route.path}?${required[route.name] ?? ""}${parameter}=${value}`,
        );
        // A file is its header and nothing else.
        const found = typeof answer.body === "string" ? answer.body.trim().split("\n").slice(1) : answer.body.data;
        const nothing = answer.status === 200 ? found : answer.body.code;
        expect([[], "invalid_cursor"], `${route.name} ${parameter}`).toContainEqual(nothing);
      }
    }
  });

  it("leaves everything of the other merchant as it was", async () => {
    const order = await mine.ctx.transaction((tx) =>
      tx.db.execute(sql`select status, subject from orders where id = ${ids.orders?.real ?? ""}`),
    );
    expect([...order]).toMatchObject([{ status: "pending" }]);
    const changed = await platform.owner`select 1 from webhook_endpoints where description = 'mine now'
      union all select 1 from channel_accounts where label = 'mine now'`;
    expect(changed).toHaveLength(0);
  });
});

describe("test and live mode", () => {
  it("are two worlds of one merchant: a key of one sees and touches nothing of the other", async () => {
    const live = mine.ctx.with({ livemode: true });
    const { key } = await createApiKey(live, { kind: "secret", label: "live" });
    const order = await openOrder(mine.ctx);
    for (const path of [
      "/v1/orders",
      "/v1/refunds",
      "/v1/events",
      "/v1/webhook_endpoints",
      "/v1/channel_accounts",
      "/v1/transactions",
      "/v1/exports",
      "/v1/balances",
    ]) {
      expect({ path, data: (await platform.call(key, "GET", path)).body.data }).toEqual({ path, data: [] });
    }
    expect((await platform.call(key, "GET", `/v1/orders/${order.id}`)).status).toBe(404);
    await expect(closeOrder(live, order.id)).rejects.toMatchObject({ code: "not_found" });
    const driven = await platform.call(key, "POST", `/v1/test/orders/${order.id}/act`, { act: "pay" });
    expect(driven).toMatchObject({ status: 403, body: { code: "test_mode_only" } });
  });

  it("keep their numbers apart", async () => {
    const input = { merchant_order_no: "same-number" };
    const [test, live] = await Promise.all([
      openOrder(mine.ctx, input),
      openOrder(mine.ctx.with({ livemode: true }), input),
    ]);
    expect(test.id).not.toBe(live.id);
  });
});
