import { createApi } from "#lib/api/app";
import { browserCookie, browserOf } from "#lib/checkout/browser-cookie";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import { env } from "#lib/kernel/env";

/** Says who asks: limits, languages and the check of where a form came from depend on it. */
const forwarded = [
  "accept-language",
  "origin",
  "request-id",
  "sec-fetch-site",
  "user-agent",
  "x-country",
  "x-forwarded-for",
  "x-locale",
];

/**
 * Asks the API within the process, in the name of the browser's request: the pages have the same limits, checks and
 * errors as everybody else.
 */
export async function askApi(path: string, incoming: Headers, body?: unknown): Promise<Response> {
  const headers = new Headers();
  for (const name of forwarded) {
    const value = incoming.get(name);
    if (value) headers.set(name, value);
  }
  const browser = browserOf(incoming.get("cookie"));
  if (browser) headers.set("cookie", `${browserCookie}=${browser}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  const remoteAddress = incoming.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return createApi().request(
    `${env.publicUrl}${path}`,
    { headers, ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }) },
    { incoming: { socket: { remoteAddress } } },
  );
}

/** An answer other than the view: `digest` is what Next hands to the error page. */
export class ViewRefused extends Error {
  readonly digest: string;

  constructor(code: string, requestId: string) {
    super(code);
    this.digest = `${code} ${requestId}`;
  }
}

/** The order as the shopper sees it, or undefined when there is none. @throws ViewRefused */
export async function askView(order: string, incoming: Headers): Promise<CheckoutView | undefined> {
  const response = await askApi(`/v1/checkout/${encodeURIComponent(order)}`, incoming);
  if (response.ok) return (await response.json()) as CheckoutView;
  if (response.status === 404) return undefined;
  const problem = (await response.json()) as { code?: string; request_id?: string };
  throw new ViewRefused(problem.code ?? "internal_error", problem.request_id ?? "");
}
