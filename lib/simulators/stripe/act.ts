import type { SimulatorDb } from "#db/simulator-client";
import type { ShopperAct } from "../simulator.ts";
import { type AuthenticationResult, finishChallenge } from "./authentication.ts";
import { takingFaults } from "./faults.ts";
import { accountById, lockObject } from "./store.ts";
import type { Decline } from "./test-cards.ts";
import { type Call, Work } from "./work.ts";

/** The product's decline reasons in the provider's codes. */
const declines: Readonly<Record<string, Decline>> = {
  insufficient_funds: { code: "card_declined", declineCode: "insufficient_funds" },
  card_declined: { code: "card_declined", declineCode: "generic_decline" },
  card_expired: { code: "expired_card", declineCode: "expired_card" },
  incorrect_cvc: { code: "incorrect_cvc", declineCode: "incorrect_cvc" },
  incorrect_number: { code: "incorrect_number", declineCode: "incorrect_number" },
  lost_or_stolen: { code: "card_declined", declineCode: "lost_card" },
  suspected_fraud: { code: "card_declined", declineCode: "fraudulent", blocked: true },
  limit_exceeded: { code: "card_declined", declineCode: "card_velocity_exceeded" },
  method_unavailable: { code: "card_declined", declineCode: "card_not_supported" },
  provider_error: { code: "processing_error", declineCode: "processing_error" },
  rejected_by_provider: { code: "card_declined", declineCode: "do_not_honor" },
};

/**
 * The shopper authenticates, or does not. Without effect once the challenge is over, so that a second press of the button
 * changes nothing.
 */
export async function actOn(
  { db, now, publicUrl }: { db: SimulatorDb; now: Date; publicUrl: string },
  accountId: string,
  intentId: string,
  act: ShopperAct | { act: "pay" | "fail" | "cancel"; afterMs?: number | undefined; reason?: string | undefined },
): Promise<void> {
  await db.transaction(async (tx) => {
    const account = await accountById(tx, accountId);
    const stored = await lockObject(tx, accountId, "payment_intent", intentId);
    if (!account || stored?.body.status !== "requires_action") return;
    const work = new Work(tx, accountId, now, null);
    const call: Call = { tx, account, now, publicUrl, work, fault: takingFaults(tx, accountId) };
    if (act.act === "pay" && act.afterMs) work.later("authenticate", intentId, act.afterMs);
    else await finishChallenge(call, stored, resultOf(act));
    await work.flush();
  });
}

function resultOf(act: { act: string; reason?: string | undefined }): AuthenticationResult {
  if (act.act === "pay") return "authenticated";
  return (act.act === "fail" && act.reason && declines[act.reason]) || "failed";
}
