import { z } from "@hono/zod-openapi";
import { merchantKind } from "../approvals/kind.ts";
import { recordDeedAt } from "../record.ts";
import { limitsSchema, tierSchema } from "./limits-schema.ts";
import { changeMerchant, lockMerchant } from "./lock-merchant.ts";

/** A merchant's tier and limits, both as they are to be. */
export const setLimits = merchantKind({
  kind: "merchant.set_limits",
  propose: "merchants:write",
  approve: "merchants:approve",
  payload: z.strictObject({ merchant: z.string(), tier: tierSchema, limits: limitsSchema }),
  objectId: ({ merchant }) => merchant,
  async look(tx, { tier, limits }) {
    const now = await lockMerchant(tx);
    return { merchant: now.name, tier_now: now.tier, limits_now: now.limits ?? {}, tier, limits };
  },
  async carryOut(tx, { merchant, tier, limits }, octx) {
    const before = await lockMerchant(tx);
    await changeMerchant(tx, { tier, limits: Object.keys(limits).length > 0 ? limits : null });
    await recordDeedAt(octx, tx, {
      verb: "merchant.set_limits",
      objectId: merchant,
      change: { before: { tier: before.tier, limits: before.limits }, after: { tier, limits } },
    });
    return { tier, limits };
  },
});
