import { z } from "@hono/zod-openapi";
import { minorToJson } from "#lib/kernel/money";
import { effectOf } from "./effect.ts";
import type { LedgerTransaction } from "./list-transactions.ts";
import type { NamedTransfer } from "./transfers-of.ts";

const transferSchema = z
  .object({
    id: z.string(),
    debit: z.string(),
    credit: z.string(),
    amount: z.number().int(),
    currency: z.string(),
  })
  .openapi("Transfer");

export const transactionSchema = z
  .object({
    id: z.string(),
    object: z.literal("transaction"),
    livemode: z.boolean(),
    kind: z.string(),
    reference: z.string(),
    order: z.string().nullable(),
    currency: z.string().nullable(),
    amount: z.number().int().openapi({ description: "Before our fee; 0 where none of your balances changed." }),
    fee: z.number().int().openapi({ description: "Negative where it was given back." }),
    net: z.number().int().openapi({ description: "Change of your balances together: amount less fee." }),
    transfers: z.array(transferSchema),
    occurred_at: z.string(),
    created_at: z.string(),
  })
  .openapi("Transaction", {
    example: {
      id: "txn_7k2m9xqa01kajw0a2c4e6g8j0m2p",
      object: "transaction",
      livemode: false,
      kind: "payment_succeeded",
      reference: "payment_succeeded:att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      order: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      currency: "CNY",
      amount: 8800,
      fee: 53,
      net: 8747,
      transfers: [
        {
          id: "tf_7k2m9xqa01kajw0a2c4e6g8j0m00",
          debit: "channel_clearing:ca_7k2m9xqa01kajt0a2c4e6g8j0m2p",
          credit: "merchant_pending",
          amount: 8747,
          currency: "CNY",
        },
        {
          id: "tf_7k2m9xqa01kajw0a2c4e6g8j0m01",
          debit: "channel_clearing:ca_7k2m9xqa01kajt0a2c4e6g8j0m2p",
          credit: "fee_income",
          amount: 53,
          currency: "CNY",
        },
      ],
      occurred_at: "2026-03-01T08:32:00.000Z",
      created_at: "2026-03-01T08:32:00.000Z",
    },
  });

/** The transaction as the API shows it. */
export function transactionJson(
  row: LedgerTransaction,
  transfers: readonly NamedTransfer[],
): z.output<typeof transactionSchema> {
  const effect = effectOf(transfers);
  return {
    id: row.id,
    object: "transaction",
    livemode: row.livemode,
    kind: row.kind,
    reference: row.reference,
    order: row.orderId,
    currency: effect?.currency ?? null,
    amount: minorToJson(effect?.amount ?? 0n),
    fee: minorToJson(effect?.fee ?? 0n),
    net: minorToJson(effect?.net ?? 0n),
    transfers: transfers.map((transfer) => transferJson(transfer)),
    occurred_at: row.occurredAt.toISOString(),
    created_at: row.createdAt.toISOString(),
  };
}

export function transferJson({ id, debit, credit, amount, currency }: NamedTransfer): z.output<typeof transferSchema> {
  return { id, debit, credit, amount: minorToJson(amount), currency };
}
