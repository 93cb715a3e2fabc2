import { sql } from "drizzle-orm";
import { bigint, check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, currency, instant, livemode, merchantId, minorUnits } from "./columns.ts";

/** An account of a merchant's book. Its id is derived from its mode, code and currency, so that posting needs no look-up. */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    /** `merchant_pending`, or `channel_clearing:<channel account>` (DESIGN: chart of accounts). */
    code: text("code").notNull(),
    currency: currency(),
    /** Which side makes it larger. */
    normalSide: text("normal_side", { enum: ["debit", "credit"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex("ledger_accounts_by_code").on(t.merchantId, t.livemode, t.code, t.currency),
  ],
);

/** Transfers that belong together, named by the business fact that they book: a fact is posted at most once. */
export const ledgerTransactions = pgTable(
  "ledger_transactions",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    /** `refund_accepted:re_…`. */
    reference: text("reference").notNull(),
    kind: text("kind").notNull(),
    orderId: text("order_id"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    // The mode comes before the id, so that the key also lists one world newest first: each index costs on every posting.
    primaryKey({ columns: [t.merchantId, t.livemode, t.id] }),
    uniqueIndex("ledger_transactions_by_reference").on(t.merchantId, t.livemode, t.reference),
    // What is not a payment, newest first; a payment pays nothing for it.
    index("ledger_transactions_of_rare_kinds")
      .on(t.merchantId, t.livemode, t.kind, t.id)
      .where(sql`kind <> 'payment_succeeded'`),
    index("ledger_transactions_by_order").on(t.merchantId, t.orderId),
  ],
);

/**
 * Money moved from one account to another. Rows are only ever inserted; a mistake is corrected by a reversal. No foreign
 * keys: each would lock its account's row at every posting, and `post` writes transaction, accounts and transfers in one
 * statement (measured: they take a quarter of a posting's time). `checkInvariants` finds what they would have refused.
 */
export const ledgerTransfers = pgTable(
  "ledger_transfers",
  {
    merchantId: merchantId(),
    /** The transaction's id with a position for its last two characters. */
    id: text("id").notNull(),
    livemode: livemode(),
    transactionId: text("transaction_id").notNull(),
    debitAccountId: text("debit_account_id").notNull(),
    creditAccountId: text("credit_account_id").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: currency(),
    /** The server's clock at insertion: checkpoints and seals fold what is older than any transaction may live. */
    createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    // The transfers of a transaction are found by the key itself.
    primaryKey({ columns: [t.merchantId, t.transactionId, t.id] }),
    // Direction lives in the two accounts, so a negative amount can only be a bug.
    check("ledger_transfers_amount_positive", sql`${t.amount} > 0`),
    check("ledger_transfers_two_accounts", sql`${t.debitAccountId} <> ${t.creditAccountId}`),
    // Account statement, tail of a balance. With the amount, so that a month is summed up without reading its transfers.
    index("ledger_transfers_by_debit").on(t.merchantId, t.debitAccountId, t.createdAt, t.amount),
    index("ledger_transfers_by_credit").on(t.merchantId, t.creditAccountId, t.createdAt, t.amount),
    index("ledger_transfers_in_order").on(t.merchantId, t.livemode, t.createdAt), // folding, sealing
  ],
);

/** What an account held after all transfers created up to a moment. A balance is the last checkpoint plus the tail. */
export const ledgerCheckpoints = pgTable(
  "ledger_checkpoints",
  {
    merchantId: merchantId(),
    accountId: text("account_id").notNull(),
    livemode: livemode(),
    /** Transfers with created_at <= this are in. */
    through: instant("through").notNull(),
    debits: minorUnits("debits").notNull(),
    credits: minorUnits("credits").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.accountId, t.through] }),
    foreignKey({
      columns: [t.merchantId, t.accountId],
      foreignColumns: [ledgerAccounts.merchantId, ledgerAccounts.id],
      name: "ledger_checkpoints_account",
    }),
    index("ledger_checkpoints_newest").on(t.merchantId, t.livemode, t.through), // how far the book is folded
  ],
);

/** A link of the hash chain over a merchant's book: it names the transfers it covers and the link before it. */
export const ledgerSeals = pgTable(
  "ledger_seals",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    number: bigint("number", { mode: "number" }).notNull(),
    /** Covers transfers created after the seal before this one, up to and including this moment. */
    through: instant("through").notNull(),
    transferCount: bigint("transfer_count", { mode: "number" }).notNull(),
    /** SHA-256 over the previous hash and the canonical lines of the covered transfers; hex. */
    hash: text("hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.merchantId, t.livemode, t.number] })],
);
