import { z } from "@hono/zod-openapi";
import { tellOwners } from "#lib/onboarding/tell-owners";
import { merchantKind } from "../approvals/kind.ts";
import { recordDeedAt } from "../record.ts";
import { MerchantNotSuspended } from "./errors.ts";
import { changeMerchant, lockMerchant } from "./lock-merchant.ts";

/** Lifts a suspension. */
export const resumeMerchant = merchantKind({
  kind: "merchant.resume",
  propose: "merchants:write",
  approve: "merchants:approve",
  payload: z.strictObject({ merchant: z.string() }),
  objectId: ({ merchant }) => merchant,
  async look(tx) {
    const { name, suspension, status } = await lockMerchant(tx);
    if (status !== "suspended") throw new MerchantNotSuspended();
    return { merchant: name, suspended_because: suspension?.reason ?? "", suspended_at: suspension?.at ?? "" };
  },
  async carryOut(tx, { merchant }, octx) {
    const { status, suspension } = await lockMerchant(tx);
    if (status !== "suspended") throw new MerchantNotSuspended();
    await changeMerchant(tx, { status: "active", suspension: null });
    await recordDeedAt(octx, tx, { verb: "merchant.resume", objectId: merchant, change: { before: suspension } });
    await tellOwners(tx, "merchant_resumed");
    return { status: "active" };
  },
});
