import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { startAttempt } from "#lib/attempts/start-attempt";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform } from "#lib/testing/platform";
import { createOrder } from "./create-order.ts";
import { createOrderSchema } from "./schemas.ts";
import { getOrder } from "./store.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("paying an order", () => {
  it.each(["wechat_pay", "alipay"] as const)("books a %s payment once the provider has notified", async (method) => {
    const { ctx } = await platform.merchant();
    const order = await createOrder(
      ctx,
      createOrderSchema.parse({ merchant_order_no: "A-1", amount: 8800, currency: "CNY", subject: "Tea" }),
    );
    const { attempt } = await startAttempt(ctx, {
      orderId: order.id,
      method,
      surroundings: surroundingsOf(""),
      ip: "127.0.0.1",
      userAgent: "",
    });
    expect(attempt.status).toBe("requires_action");
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();

    const paid = await ctx.transaction((tx) => getOrder(tx, order.id));
    expect(paid).toMatchObject({ status: "paid", amountCaptured: 8800n });
    await expectLedgerBalanced(ctx);
  });
});
