import type { CheckoutView } from "#lib/checkout/checkout-view";

export type Offered = CheckoutView["methods"][number];

/** One row of the list: a method with its best flow first, and the others to change to. */
export interface MethodRow {
  readonly method: string;
  readonly flows: readonly Offered[];
}

/** The offers by method, in the order in which the methods first come. */
export function methodRows(offers: readonly Offered[]): MethodRow[] {
  const rows = new Map<string, Offered[]>();
  for (const offer of offers) rows.set(offer.method, [...(rows.get(offer.method) ?? []), offer]);
  return [...rows].map(([method, flows]) => ({ method, flows }));
}

/** Where test mode's own wallet takes the place of the shopper's. Undefined for what has none. */
export function testWalletAddress(
  method: string,
  action: Readonly<Record<string, unknown>>,
  page: { readonly path: string; readonly locale: string },
): string | undefined {
  const folder = { wechat_pay: "wechatpay", alipay: "alipay" }[method];
  if (!folder) return undefined;
  const query = new URLSearchParams({ lang: page.locale });
  if (action.type === "qr") {
    query.set("code", String(action.content));
    return `/sandbox/${folder}/scan?${query}`;
  }
  if (action.type !== "wallet_sdk") return undefined;
  const parameters = Object.entries((action.parameters ?? {}) as Record<string, string>);
  for (const [name, value] of parameters) query.set(name === "tradeNO" ? "trade_no" : name, value);
  query.set("redirect_url", page.path);
  return `/sandbox/${folder}/${folder === "alipay" ? "cashier" : "jsapi"}?${query}`;
}
