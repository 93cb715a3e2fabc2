import type postgres from "postgres";

/** What a page of the dashboard asks for before it can show its first rows. */
export interface ListRequest {
  readonly page: string;
  /** In words: which filter, which place in the list. */
  readonly by: string;
  readonly path: string;
}

const dayMs = 86_400_000;
const pageSize = 25;

/** Every list with each of its filters, a common and a rare value where that makes a difference, and a page further on. */
export async function listRequests(owner: postgres.Sql, merchantId: string): Promise<ListRequest[]> {
  const known = await knownObjects(owner, merchantId);
  const now = Date.now();
  const at = (daysAgo: number) => new Date(now - daysAgo * dayMs).toISOString();
  const day = (daysAgo: number) => at(daysAgo).slice(0, 10);
  const period = (from: string, to: string) => ({ [from]: at(40), [to]: at(33) });
  const made = period("created_from", "created_to");
  const lists: Record<string, { path: string; last?: string; filters: Record<string, Record<string, string>> }> = {
    orders: {
      path: "/v1/orders",
      last: known.order,
      filters: {
        "a common state": { status: "paid" },
        "a rare state": { status: "authorized" },
        "a state that no order is in": { status: "closed" },
        "its number": { merchant_order_no: "past-77" },
        "a period": made,
        "a period and a rare state": { ...made, status: "authorized" },
        "a common method": { method: "wechat_pay" },
        "a rare method": { method: "card" },
        "a rare channel": { channel: "stripe" },
        "a currency that none has": { currency: "JPY" },
        "a wide range of amounts": { currency: "CNY", amount_min: "1", amount_max: "99999999" },
        "a narrow range of amounts": { currency: "CNY", amount_min: "4000", amount_max: "4003" },
        "a shopper": { shopper: "shopper770@example.com" },
      },
    },
    refunds: {
      path: "/v1/refunds",
      last: known.refund,
      filters: {
        "a common state": { status: "succeeded" },
        "a rare state": { status: "failed" },
        "a state that none is in": { status: "pending" },
        "a rare source": { source: "late" },
        "its number": { merchant_refund_no: "R-400" },
        "a period": made,
        "an order": { order: known.refundedOrder },
      },
    },
    transactions: {
      path: "/v1/transactions",
      last: known.transaction,
      filters: {
        "a common kind": { kind: "payment_succeeded" },
        "a less common kind": { kind: "refund_accepted" },
        "a kind that none is of": { kind: "refund_bounced" },
        "an order": { order: known.order },
        "a period": period("occurred_from", "occurred_to"),
      },
    },
    events: { path: "/v1/events", last: known.event, filters: {} },
    "webhook deliveries": {
      path: "/v1/webhook_deliveries",
      last: known.delivery,
      filters: {
        "a common state": { status: "succeeded" },
        "failed ones": { status: "failed" },
        "waiting ones": { status: "pending" },
        "a common event": { event_type: "order.paid" },
        "an event that none is of": { event_type: "attempt.failed" },
        "an endpoint": { endpoint: known.endpoint },
      },
    },
    "API logs": {
      path: "/v1/request_logs",
      last: known.request,
      filters: {
        "successful ones": { outcome: "succeeded" },
        "failed ones": { outcome: "failed" },
        "a common method": { method: "POST" },
        "a rare method": { method: "DELETE" },
        "a method that none used": { method: "PATCH" },
        "a busy key": { actor: "key_bench" },
        "a key that is rarely used": { actor: "key_rare" },
        "its id": { request_id: known.request.replace("log_", "req_") },
        "a period": { created_from: at(9), created_to: at(8) },
      },
    },
    activity: {
      path: "/v1/audit_log",
      last: known.audit,
      filters: {
        "a common deed": { verb: "order.create" },
        "a rare deed": { verb: "refund.create" },
        "a deed that nobody did": { verb: "settings.update" },
        "a person": { actor: "usr_bench" },
        "a busy key": { actor: "key_bench" },
        "a key that is rarely used": { actor: "key_rare" },
        "an object": { object_id: known.order },
        "a period": made,
      },
    },
  };
  const paged = Object.entries(lists).flatMap(([page, { path, last, filters }]) => {
    const line = (by: string, query: Record<string, string>): ListRequest => ({
      page,
      by,
      path: `${path}?${new URLSearchParams({ limit: String(pageSize), ...query })}`,
    });
    return [
      line("nothing", {}),
      ...(last ? [line("nothing, from the middle on", { starting_after: last })] : []),
      ...Object.entries(filters).map(([by, query]) => line(by, query)),
    ];
  });
  const single = (page: string, by: string, path: string, query: Record<string, string> = {}): ListRequest => {
    const search = new URLSearchParams(query).toString();
    return { page, by, path: search ? `${path}?${search}` : path };
  };
  const account = { account: "merchant_pending", currency: "CNY" };
  return [
    ...paged,
    single("overview", "30 days", "/v1/analytics/overview", { from: day(29), to: day(0) }),
    single("overview", "90 days", "/v1/analytics/overview", { from: day(89), to: day(0) }),
    single("overview", "today", "/v1/analytics/overview", { from: day(0), to: day(0) }),
    single("search", "an order's number", "/v1/search", { q: "past-770" }),
    single("search", "two letters", "/v1/search", { q: "pa" }),
    single("search", "an e-mail address", "/v1/search", { q: "shopper770@example.com" }),
    single("search", "an id", "/v1/search", { q: known.order }),
    single("search", "what is not there", "/v1/search", { q: "zzzz-nothing" }),
    single("balances", "nothing", "/v1/balances"),
    single("statement", "a month's days", "/v1/balances/statement/periods", { ...account, from: at(40), to: at(10) }),
    single("statement", "a day's lines", "/v1/balances/statement", { ...account, from: at(5), to: at(4), limit: "25" }),
    single("an order's page", "its story", `/v1/orders/${known.order}/timeline`),
    single("exports", "nothing", "/v1/exports", { limit: String(pageSize) }),
    single("webhook endpoints", "nothing", "/v1/webhook_endpoints"),
    single("channel accounts", "nothing", "/v1/channel_accounts"),
    single("API keys", "nothing", "/v1/api_keys"),
    single("team", "nothing", "/v1/members"),
    single("invitations", "nothing", "/v1/invitations"),
    single("roles", "nothing", "/v1/roles"),
  ];
}

/** One object of each list from the middle of its past. */
async function knownObjects(owner: postgres.Sql, merchantId: string) {
  const middle = async (table: string) => {
    const [row] = await owner<{ id: string }[]>`
      select id from ${owner(table)} where merchant_id = ${merchantId} and not livemode
        and created_at <= now() - interval '20 days'
      order by id desc limit 1`;
    if (!row) throw new Error(`nothing in ${table}`);
    return row.id;
  };
  const [refunded] = await owner<{ order_id: string }[]>`
    select order_id from refunds where merchant_id = ${merchantId} order by id desc limit 1`;
  const [endpoint] = await owner<{ id: string }[]>`select id from webhook_endpoints where merchant_id = ${merchantId}`;
  return {
    order: await middle("orders"),
    refund: await middle("refunds"),
    transaction: await middle("ledger_transactions"),
    event: await middle("events"),
    delivery: await middle("webhook_deliveries"),
    request: await middle("request_log"),
    audit: await middle("audit_log"),
    refundedOrder: refunded?.order_id ?? "",
    endpoint: endpoint?.id ?? "",
  };
}
