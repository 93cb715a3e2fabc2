import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followEvents } from "#lib/analytics/follow-events";
import { keepLogo } from "#lib/branding/keep-logo";
import { writeCalls } from "#lib/channel-accounts/note-calls";
import { requestExport } from "#lib/exports/request-export";
import { createExportSchema } from "#lib/exports/schemas";
import { freezeOrder } from "#lib/freezes/freeze-order";
import { newId, newPlatformId, randomToken } from "#lib/kernel/ids";
import { requestPrivacy } from "#lib/privacy/request-privacy";
import { writeRequests } from "#lib/request-log/keep-request";
import { saveView } from "#lib/saved-views/save-view";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";
import { keepAttachment } from "#lib/tickets/keep-attachment";
import { openTicket } from "#lib/tickets/open-ticket";
import { openTicketSchema } from "#lib/tickets/schemas";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { openContext } from "./tenancy.ts";

/** Indexes that serve a sweep over all tenants, or find a tenant; they hold keys and times, and only functions read them so. */
const acrossTenants: Record<string, string> = {
  orders_due: "expiry sweep, by time",
  attempts_to_query: "query sweep, by time",
  refunds_to_try: "refund sweep, by time",
  webhook_deliveries_due: "delivery sweep, by time",
  idempotency_keys_by_age: "removal after a day, by time",
  request_log_by_age: "removal after 30 days, by time",
  request_nonces_by_age: "removal after some minutes, by time",
  audit_log_by_age: "forgetting where shoppers were, by time",
  channel_notifications_by_age: "forgetting what channels told, by time",
  privacy_requests_by_expiry: "removal of files of a person's data, by time",
  channel_calls_by_age: "removal after a week, by time",
  tickets_due: "the support's queue over all merchants, by time",
  exports_to_end: "removal of files after a week, by time",
  memberships_by_user: "sign-in: which merchants does this person belong to",
  sso_domains_by_domain: "sign-in: whose provider answers for an e-mail domain",
};

let platform: Platform;
let mine: TestMerchant;
let theirs: TestMerchant;
let tables: string[];
let app: postgres.Sql;

beforeAll(async () => {
  platform = await startPlatform();
  [mine, theirs] = await Promise.all([platform.merchant({}, ["wechatpay"]), platform.merchant({}, ["wechatpay"])]);
  for (const merchant of [mine, theirs]) await live(merchant);
  tables = (
    await platform.owner<{ name: string }[]>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'merchant_id' order by 1`
  ).map((row) => row.name);
  app = postgres(platform.database.appUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await app.end();
  await platform.end();
});

/** A PNG. */
const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAERQHBzBCvWQAAAABJRU5ErkJggg==",
  "base64",
);

/** Leaves at least one row in every table. */
async function live({ ctx, merchantId, key }: TestMerchant): Promise<void> {
  await createEndpoint(ctx, { url: "http://127.0.0.1:9/hook", eventTypes: ["*"] });
  const order = await paidOrder(platform, ctx);
  await refund(ctx, order.id, 100);
  await ctx.transaction((tx) => freezeOrder(tx, { orderId: order.id, amount: 1n, reason: "Complaint" }));
  await requestExport(ctx, createExportSchema.parse({ object: "orders", format: "csv" }));
  await requestPrivacy(ctx, "export", { email: "lin@example.com" });
  await platform.runJobs();
  await platform.deliverWebhooks();
  await followEvents(ctx);
  await saveView(ctx, { list: "orders", name: "Mine", filters: {}, columns: [], density: "compact" });
  await keepLogo(ctx, onePixel);
  const { id: file } = await keepAttachment(ctx, "pixel.png", onePixel);
  await openTicket(ctx, openTicketSchema.parse({ subject: "S", category: "other", body: "Why?", attachments: [file] }));
  const body = { merchant_order_no: "T", amount: 1, currency: "CNY", subject: "Tea" };
  await platform.call(await key(), "POST", "/v1/orders", body, { "idempotency-key": "tenancy" });
  const { owner } = platform;
  await owner`insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${newPlatformId("user")}, 'owner')`;
  await owner`insert into invitations (merchant_id, id, email, role, hash, invited_by, expires_at)
    values (${merchantId}, ${newId("invitation", merchantId)}, 'jo@shop.example', 'admin', ${randomToken(32)}, 'usr_1', now())`;
  await owner`insert into ledger_seals (merchant_id, livemode, number, through, transfer_count, hash)
    values (${merchantId}, true, 1, now(), 0, ${randomToken(64)})`;
  await owner`insert into audit_seals (merchant_id, livemode, number, through, entries, hash)
    values (${merchantId}, true, 1, now(), '[]', ${randomToken(64)})`;
  await owner`insert into roles (merchant_id, id, name, description, permissions) values (${merchantId}, 'rol_1', 'Counter', '', '[]')`;
  await owner`insert into sso_connections (merchant_id, issuer, client_id, client_secret, default_role)
    values (${merchantId}, 'https://login.shop.example', 'gpl', 'sealed', 'read_only')`;
  await owner`insert into sso_domains (merchant_id, domain) values (${merchantId}, 'shop.example')`;
  await owner`insert into merchant_applications (merchant_id, sealed, updated_at) values (${merchantId}, 'sealed', now())`;
  await owner`insert into contract_signatures (merchant_id, id, version, locale, sha256, signer_name, signed_by)
    values (${merchantId}, ${newId("signature", merchantId)}, 'v1', 'en', 'hash', 'Lin Wei', 'usr_1')`;
  await owner`insert into request_nonces (merchant_id, key_id, nonce) values (${merchantId}, 'key_1', ${randomToken(20)})`;
  await owner`insert into list_entries (merchant_id, id, livemode, action, kind, match, hint, reason, created_by)
    values (${merchantId}, ${newId("listEntry", merchantId)}, false, 'block', 'email', 'hash', '@shop.example', 'Test', 'usr_1')`;
  await owner`insert into payment_refusals (merchant_id, id, livemode, order_id, method, scope, kind, entry_id, hint, reason)
    values (${merchantId}, ${newId("refusal", merchantId)}, false, ${order.id}, 'card', 'merchant', 'email', 'le_1', '@shop.example', 'Test')`;
  await writeCalls();
  await writeRequests();
  await owner`insert into ledger_checkpoints (merchant_id, account_id, livemode, through, debits, credits)
    select merchant_id, id, livemode, 'epoch', 0, 0 from ledger_accounts where merchant_id = ${merchantId} limit 1`;
}

const as = <T extends postgres.Row>(merchantId: string, text: string, parameters: string[] = []) =>
  app.begin(async (tx) => {
    await tx.unsafe(`set local app.merchant_id = '${merchantId}'`);
    return tx.unsafe<T[]>(text, parameters);
  });

/** How many rows a statement touched, or that it was refused. */
const touched = (merchantId: string, text: string, parameters: string[] = []) =>
  as(merchantId, text, parameters).then(
    (rows) => rows.count,
    (error: Error) => (/row-level security|permission denied/.test(error.message) ? "refused" : error.message),
  );

describe("the walk over every tenant table", () => {
  it("finds them all, and rows of both merchants in each, or it would prove nothing", async () => {
    expect(tables).toEqual(
      expect.arrayContaining([
        "orders",
        "attempts",
        "refunds",
        "ledger_transfers",
        "events",
        "webhook_tries",
        "audit_log",
      ]),
    );
    for (const table of tables) {
      const rows = await platform.owner`select distinct merchant_id from ${platform.owner(table)}
        where merchant_id in ${platform.owner([mine.merchantId, theirs.merchantId])}`;
      expect({ table, merchants: rows.length }).toEqual({ table, merchants: 2 });
    }
  });

  it("shows a merchant its own rows and nobody else's", async () => {
    for (const table of tables) {
      const seen = await as<{ merchant_id: string }>(mine.merchantId, `select distinct merchant_id from ${table}`);
      expect({ table, seen: [...seen] }).toEqual({ table, seen: [{ merchant_id: mine.merchantId }] });
      const asked = await as(mine.merchantId, `select 1 from ${table} where merchant_id = $1`, [theirs.merchantId]);
      expect({ table, rows: asked.length }).toEqual({ table, rows: 0 });
    }
  });

  it("shows nothing to a transaction that names no merchant", async () => {
    for (const table of tables) {
      const seen = await app.unsafe(`select 1 from ${table} limit 1`);
      expect({ table, rows: seen.length }).toEqual({ table, rows: 0 });
    }
  });

  it("lets nobody change, take over, delete or forge another merchant's rows", async () => {
    for (const table of tables) {
      const other = [theirs.merchantId];
      const update = await touched(
        mine.merchantId,
        `update ${table} set merchant_id = merchant_id where merchant_id = $1`,
        other,
      );
      const remove = await touched(mine.merchantId, `delete from ${table} where merchant_id = $1`, other);
      expect([0, "refused"], table).toContain(update);
      expect([0, "refused"], table).toContain(remove);
      const given = await touched(mine.merchantId, `update ${table} set merchant_id = $1`, other);
      expect(given, table).toBe("refused");
      const [row] = await platform.owner<{ row: string }[]>`
        select to_jsonb(t)::text as row from ${platform.owner(table)} t where merchant_id = ${theirs.merchantId} limit 1`;
      const forged = await touched(
        mine.merchantId,
        `insert into ${table} select * from jsonb_populate_record(null::${table}, $1::text::jsonb)`,
        [row?.row ?? ""],
      );
      expect(forged, table).toBe("refused");
    }
  });

  it("finds the merchant first in every primary key, unique key, foreign key and index but the sweeps'", async () => {
    const rows = await platform.owner<{ name: string; first: string }[]>`
      select c.relname as name, coalesce(a.attname, '(expression)') as first
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where t.relnamespace = 'public'::regnamespace and t.relname in ${platform.owner(tables)}`;
    const others = rows.filter((row) => row.first !== "merchant_id").map((row) => row.name);
    expect(others.sort()).toEqual(Object.keys(acrossTenants).sort());
    const keys = await platform.owner<{ name: string; first: string }[]>`
      select k.conname as name, a.attname as first from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where k.contype in ('p', 'u', 'f') and k.connamespace = 'public'::regnamespace
        and k.conrelid::regclass::text in ${platform.owner(tables)}
        -- A row of the platform's own, such as an account that it lends, has no merchant to be named by.
        and (k.contype <> 'f' or k.confrelid::regclass::text in ${platform.owner(tables)})`;
    expect(keys.filter((row) => row.first !== "merchant_id")).toEqual([]);
  });
});

describe("a verb that forgets its filter", () => {
  it("reads and changes its own rows only", async () => {
    const before = await platform.owner`select * from orders where merchant_id = ${theirs.merchantId} order by id`;
    await mine.ctx.transaction(async (tx) => {
      for (const table of tables) {
        const seen = await tx.db.execute<{ merchant_id: string }>(
          sql`select distinct merchant_id from ${sql.identifier(table)}`,
        );
        expect({ table, seen: [...seen] }).toEqual({ table, seen: [{ merchant_id: mine.merchantId }] });
      }
      await tx.db.execute(sql`update orders set subject = 'all of them'`);
    });
    expect(await platform.owner`select * from orders where merchant_id = ${theirs.merchantId} order by id`).toEqual(
      before,
    );
  });

  it("can't leave its merchant: the id that opens a transaction is checked before it stands in a statement", () => {
    for (const merchantId of ["mer_0000000' or true", "", "*"]) {
      const actor = { type: "system", id: "test" } as const;
      expect(() => openContext({ merchantId, livemode: false, actor, requestId: "r" })).toThrow(RangeError);
    }
  });
});
