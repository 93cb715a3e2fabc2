import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { forgetMerchant, loadMerchant } from "./load-merchant.ts";

let platform: Platform;
beforeAll(async () => {
  process.env.DATABASE_POOL = "1";
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("loading a merchant", () => {
  it("inside of a transaction does not wait for a load outside, which waits for the transaction's connection", async () => {
    const { ctx, merchantId } = await platform.merchant();
    forgetMerchant(merchantId);
    const { inside, outside } = await ctx.transaction(async (tx) => {
      const waiting = loadMerchant(ctx);
      return { inside: await loadMerchant(tx.ctx), outside: { waiting } };
    });
    expect(inside.merchantId).toBe(merchantId);
    expect((await outside.waiting).merchantId).toBe(merchantId);
  });
});
