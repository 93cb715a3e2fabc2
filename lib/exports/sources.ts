import type { ExportedList } from "./columns.ts";
import { ordersSource } from "./orders-source.ts";
import { refundsSource } from "./refunds-source.ts";
import type { Source } from "./source.ts";
import { transactionsSource } from "./transactions-source.ts";

/** Every list that can be exported; a new one is a file and a line here. */
export const sources: Readonly<Record<ExportedList, Source>> = {
  orders: ordersSource,
  refunds: refundsSource,
  transactions: transactionsSource,
};
