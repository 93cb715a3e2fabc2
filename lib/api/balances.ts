import { z } from "@hono/zod-openapi";
import type { CurrencyCode } from "#lib/kernel/currency";
import { NotFound } from "#lib/kernel/errors";
import { minorToJson } from "#lib/kernel/money";
import { type AccountCode, isAccountCode } from "#lib/ledger/accounts";
import { balances as readBalances } from "#lib/ledger/balance";
import { accountStatement } from "#lib/ledger/statement";
import { statementPeriods } from "#lib/ledger/statement-periods";
import { trialBalance } from "#lib/ledger/trial-balance";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { currencySchema } from "#lib/orders/schemas";
import { listQuery, listSchema, resource, route } from "./route.ts";

export const balances = resource();
const tag = "Balances";

/** What of the book is the merchant's own money, under the names that its balance page uses. */
const ownAccounts = {
  merchant_pending: "pending",
  merchant_available: "available",
  merchant_frozen: "frozen",
  merchant_reserve: "reserve",
  merchant_deposit: "deposit",
  refund_in_transit: "refund_in_transit",
  payout_in_transit: "payout_in_transit",
} as const;
type OwnAccount = keyof typeof ownAccounts;

const balanceSchema = z
  .object({
    object: z.literal("balance"),
    currency: z.string(),
    pending: z.number().int(),
    available: z.number().int(),
    frozen: z.number().int(),
    reserve: z.number().int(),
    deposit: z.number().int(),
    refund_in_transit: z.number().int(),
    payout_in_transit: z.number().int(),
  })
  .openapi("Balance", {
    example: {
      object: "balance",
      currency: "CNY",
      pending: 8747,
      available: 0,
      frozen: 0,
      reserve: 0,
      deposit: 0,
      refund_in_transit: 0,
      payout_in_transit: 0,
    },
  });

balances.openapi(
  route({
    method: "get",
    path: "/v1/balances",
    tag,
    summary: "Balances, one a currency",
    permission: "balances:read",
    request: {},
    answer: { status: 200, schema: listSchema(balanceSchema, "BalanceList"), description: "Minor units." },
  }),
  async (c) => {
    const rows = await c.var.ctx.transaction((tx) => readBalances(tx));
    const currencies = [...new Set(rows.map((row) => row.currency))].sort();
    const data = currencies.map((currency) => {
      const of = (code: OwnAccount) =>
        minorToJson(rows.find((row) => row.code === code && row.currency === currency)?.balance ?? 0n);
      return {
        object: "balance" as const,
        currency,
        pending: of("merchant_pending"),
        available: of("merchant_available"),
        frozen: of("merchant_frozen"),
        reserve: of("merchant_reserve"),
        deposit: of("merchant_deposit"),
        refund_in_transit: of("refund_in_transit"),
        payout_in_transit: of("payout_in_transit"),
      };
    });
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);

const statementLineSchema = z
  .object({
    transfer: z.string(),
    transaction: z.string(),
    kind: z.string(),
    reference: z.string(),
    order: z.string().nullable(),
    side: z.enum(["debit", "credit"]),
    counterpart: z.string(),
    amount: z.number().int(),
    balance: z.number().int(),
    occurred_at: z.string(),
    created_at: z.string(),
  })
  .openapi("StatementLine", {
    example: {
      transfer: "tf_7k2m9xqa01kajw1b3d5f7h9k1n3q",
      transaction: "txn_7k2m9xqa01kajw0a2c4e6g8j0m2p",
      kind: "payment_succeeded",
      reference: "payment_succeeded:att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      order: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      side: "credit",
      counterpart: "channel_clearing",
      amount: 8747,
      balance: 8747,
      occurred_at: "2026-03-01T08:32:00.000Z",
      created_at: "2026-03-01T08:32:00.000Z",
    },
  });

balances.openapi(
  route({
    method: "get",
    path: "/v1/balances/statement",
    tag,
    summary: "The statement of one account, oldest first",
    permission: "balances:read",
    problems: [404],
    request: {
      query: listQuery({
        account: z.string().max(64).openapi({ example: "merchant_pending" }),
        currency: currencySchema,
        from: z.iso.datetime({ offset: true, error: "date_invalid" }),
        to: z.iso.datetime({ offset: true, error: "date_invalid" }),
      }),
    },
    answer: {
      status: 200,
      schema: z.object({
        object: z.literal("list"),
        opening_balance: z.number().int(),
        data: z.array(statementLineSchema),
        has_more: z.boolean(),
      }),
      description: "Lines with the balance after each.",
    },
  }),
  async (c) => {
    const query = c.req.valid("query");
    if (!isAccountCode(query.account)) throw new NotFound("account", "account");
    const statement = await c.var.ctx.transaction((tx) =>
      accountStatement(tx, {
        code: query.account as AccountCode,
        currency: query.currency as CurrencyCode,
        from: new Date(query.from),
        to: new Date(query.to),
        limit: query.limit,
        ...(query.starting_after && { after: query.starting_after }),
      }),
    );
    const data = statement.lines.map((line) => ({
      transfer: line.transferId,
      transaction: line.transactionId,
      kind: line.kind,
      reference: line.reference,
      order: line.orderId ?? null,
      side: line.side,
      counterpart: line.counterpart,
      amount: minorToJson(line.amount),
      balance: minorToJson(line.balance),
      occurred_at: line.occurredAt.toISOString(),
      created_at: line.createdAt.toISOString(),
    }));
    const opening_balance = minorToJson(statement.openingBalance);
    return c.json({ object: "list" as const, opening_balance, data, has_more: statement.hasMore }, 200);
  },
);

const periodSchema = z
  .object({
    object: z.literal("statement_period"),
    start: z.string().openapi({ description: "The day, or the first day of the month, in your time zone." }),
    opening_balance: z.number().int(),
    increase: z.number().int(),
    decrease: z.number().int(),
    closing_balance: z.number().int(),
    transfers: z.number().int(),
  })
  .openapi("StatementPeriod", {
    example: {
      object: "statement_period",
      start: "2026-03-01",
      opening_balance: 0,
      increase: 8747,
      decrease: 2982,
      closing_balance: 5765,
      transfers: 3,
    },
  });

balances.openapi(
  route({
    method: "get",
    path: "/v1/balances/statement/periods",
    tag,
    summary: "The statement of one account by day or month, oldest first",
    description: "Days and months of your time zone, 400 days at most; those in which nothing moved are left out.",
    permission: "balances:read",
    request: {
      query: z.strictObject({
        account: z.string().max(64).openapi({ example: "merchant_pending" }),
        currency: currencySchema,
        from: z.iso.datetime({ offset: true, error: "date_invalid" }),
        to: z.iso.datetime({ offset: true, error: "date_invalid" }),
        by: z.enum(["day", "month"]).default("day"),
      }),
    },
    answer: {
      status: 200,
      schema: z.object({
        object: z.literal("list"),
        time_zone: z.string(),
        data: z.array(periodSchema),
        has_more: z.boolean(),
      }),
      description: "The days or months in which the account moved.",
    },
  }),
  async (c) => {
    const { account, currency, from, to, by } = c.req.valid("query");
    if (!isAccountCode(account)) throw new NotFound("account", "account");
    const { timeZone } = await loadMerchant(c.var.ctx);
    const range = { from: new Date(from), to: new Date(to) };
    const periods = await c.var.ctx.transaction((tx) =>
      statementPeriods(tx, { code: account, currency: currency as CurrencyCode, ...range, by, timeZone }),
    );
    const data = periods.map((period) => ({
      object: "statement_period" as const,
      start: period.start,
      opening_balance: minorToJson(period.opening),
      increase: minorToJson(period.increase),
      decrease: minorToJson(period.decrease),
      closing_balance: minorToJson(period.closing),
      transfers: period.transfers,
    }));
    return c.json({ object: "list" as const, time_zone: timeZone, data, has_more: false }, 200);
  },
);

const trialBalanceSchema = z
  .object({
    object: z.literal("trial_balance"),
    currency: z.string(),
    is_balanced: z.boolean(),
    debits: z.number().int(),
    credits: z.number().int(),
    accounts: z.array(
      z.object({
        account: z.string(),
        debits: z.number().int(),
        credits: z.number().int(),
        balance: z.number().int(),
      }),
    ),
  })
  .openapi("TrialBalance", {
    example: {
      object: "trial_balance",
      currency: "CNY",
      is_balanced: true,
      debits: 8800,
      credits: 8800,
      accounts: [
        { account: "channel_clearing", debits: 8800, credits: 0, balance: 8800 },
        { account: "merchant_pending", debits: 0, credits: 8747, balance: 8747 },
        { account: "fee_income", debits: 0, credits: 53, balance: 53 },
      ],
    },
  });

balances.openapi(
  route({
    method: "get",
    path: "/v1/balances/trial",
    tag,
    summary: "The trial balance of the book, now or at any moment",
    permission: "balances:read",
    request: { query: z.strictObject({ at: z.iso.datetime({ offset: true, error: "date_invalid" }).optional() }) },
    answer: { status: 200, schema: listSchema(trialBalanceSchema, "TrialBalanceList"), description: "One a currency." },
  }),
  async (c) => {
    const { at } = c.req.valid("query");
    const books = await c.var.ctx.transaction((tx) => trialBalance(tx, at === undefined ? undefined : new Date(at)));
    const data = books.map((book) => ({
      object: "trial_balance" as const,
      currency: book.currency,
      is_balanced: book.isBalanced,
      debits: minorToJson(book.debits),
      credits: minorToJson(book.credits),
      accounts: book.accounts.map((line) => ({
        account: line.code,
        debits: minorToJson(line.debits),
        credits: minorToJson(line.credits),
        balance: minorToJson(line.balance),
      })),
    }));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);
