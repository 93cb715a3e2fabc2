import { attemptCharge, failIntent } from "./charges.ts";
import { docUrl, invalidRequest } from "./errors.ts";
import { randomText } from "./ids.ts";
import { takePaymentMethod } from "./payment-methods.ts";
import type { Decline } from "./test-cards.ts";
import { type HiddenIntent, idOf, type PaymentIntent, referenceOf, type Stored } from "./wire.ts";
import type { Call } from "./work.ts";

/** Sends the shopper to the bank's page. @throws StripeError when there is no way back from it */
export function challenge(call: Call, intent: PaymentIntent, returnUrl: string | undefined): HiddenIntent {
  if (!returnUrl) {
    // The other way, handing over to the provider's script in the browser, is not simulated.
    throw invalidRequest("This payment needs authentication: a `return_url` is required.", {
      code: "parameter_missing",
      param: "return_url",
    });
  }
  const secret = randomText(32);
  const page = new URL("/sandbox/stripe/3ds", call.publicUrl);
  page.searchParams.set("payment_intent", intent.id);
  page.searchParams.set("secret", secret);
  intent.status = "requires_action";
  intent.next_action = { type: "redirect_to_url", redirect_to_url: { return_url: returnUrl, url: page.href } };
  call.work.emit("payment_intent.requires_action", intent, [referenceOf(intent)]);
  return { challenge: { secret, returnUrl } };
}

export type AuthenticationResult = "authenticated" | "failed" | Decline;

/** What the bank says after its page: not authenticated, or authenticated and then approved or declined. */
export async function finishChallenge(
  call: Call,
  stored: Stored<"payment_intent">,
  result: AuthenticationResult,
): Promise<void> {
  const { body: intent, hidden } = stored;
  const { method, card } = await takePaymentMethod(call, idOf(intent.payment_method) ?? "");
  if (result === "failed") {
    const code = "payment_intent_authentication_failure";
    failIntent(call, intent, {
      code,
      doc_url: docUrl(code),
      message: "The provided PaymentMethod has failed authentication. Provide another one to try again.",
      payment_method: method,
      type: "invalid_request_error",
    });
  } else {
    const decline = result === "authenticated" ? card.decline : result;
    await attemptCharge(call, { intent, method, card, decline, authentication: "authenticated" });
  }
  call.work.put<"payment_intent">(intent, hidden);
}

/** Where the shopper's browser goes after the bank's page; undefined while it still has to stay there. */
export function returnUrlOf(stored: Stored<"payment_intent">): string | undefined {
  const { body: intent, hidden } = stored;
  if (!hidden.challenge || intent.status === "requires_action") return undefined;
  const url = new URL(hidden.challenge.returnUrl);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret ?? "");
  const succeeded = intent.status === "succeeded" || intent.status === "requires_capture";
  url.searchParams.set("redirect_status", succeeded ? "succeeded" : "failed");
  return url.href;
}
