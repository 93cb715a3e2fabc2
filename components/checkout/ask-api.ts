import type { CheckoutAttempt, CheckoutView } from "#lib/checkout/checkout-view";

/** An answer of the API that says why not, in the shopper's language. */
export class Refusal extends Error {
  readonly code: string;
  readonly reference: string;

  constructor(problem: { code?: string; detail?: string; request_id?: string }) {
    super(problem.detail ?? "");
    this.code = problem.code ?? "";
    this.reference = problem.request_id ?? "";
  }
}

const viewTimeoutMs = 10_000;
/** The provider has ten seconds to answer our server; this must not give up first. */
const startTimeoutMs = 20_000;

async function ask<T>(path: string, locale: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, headers: { ...init.headers, "x-locale": locale } });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refusal(answer as ConstructorParameters<typeof Refusal>[0]);
  return answer as T;
}

export function fetchView(order: string, locale: string): Promise<CheckoutView> {
  return ask(`/v1/checkout/${order}`, locale, { signal: AbortSignal.timeout(viewTimeoutMs) });
}

export interface Start {
  readonly method: string;
  readonly flow: string;
  readonly token?: string;
  readonly wallet_user_id?: string;
}

export function startAttempt(order: string, locale: string, start: Start): Promise<CheckoutAttempt> {
  return ask(`/v1/checkout/${order}/attempts`, locale, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(start),
    signal: AbortSignal.timeout(startTimeoutMs),
  });
}
