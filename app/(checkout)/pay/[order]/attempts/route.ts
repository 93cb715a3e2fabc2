import type { CheckoutAttempt } from "#lib/checkout/checkout-view";
import { askApi } from "../../../ask-api.ts";

const fields = ["method", "flow", "wallet_user_id"] as const;

/**
 * The checkout's forms without a script: starts the attempt, then sends the browser on to the provider, or back to the
 * page, which shows the code.
 */
export async function POST(request: Request, { params }: { params: Promise<{ order: string }> }): Promise<Response> {
  const { order } = await params;
  const form = await request.formData();
  const start = Object.fromEntries(
    fields.flatMap((name) => {
      const value = form.get(name);
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
  const page = `/pay/${encodeURIComponent(order)}`;
  const answer = await askApi(`/v1/checkout/${encodeURIComponent(order)}/attempts`, request.headers, start);
  if (!answer.ok) {
    const { code = "internal_error", request_id = "" } = (await answer.json()) as {
      code?: string;
      request_id?: string;
    };
    return seeOther(`${page}?${new URLSearchParams({ problem: code, reference: request_id })}`);
  }
  const attempt = (await answer.json()) as CheckoutAttempt;
  const { type, url } = attempt.action ?? {};
  return seeOther(type === "redirect" && typeof url === "string" ? url : `${page}?attempt=${attempt.id}`);
}

/** `location` may be relative: behind a proxy the request's own address is not the one that the browser knows. */
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
