import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, choose, openOrder } from "#lib/testing/shop";
import { accountFaults, setAccountFaults, setOrderFaults } from "./drive-order.ts";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant();
});
afterAll(() => platform.end());

describe("the faults of a simulated account", () => {
  it.each(["wechatpay", "alipay", "stripe"])(
    "are listed as they were set at %s, until it is healed",
    async (channel) => {
      const { ctx, accounts } = merchant;
      const id = accounts[channel]?.id ?? "";
      await setAccountFaults(ctx, id, [
        { kind: "timeout", operation: "query", times: 3 },
        { kind: "slow", delayMs: 1_500 },
        { kind: "wrong_amount", amount: 77, reference: "att_somebody" },
      ]);
      expect(await accountFaults(ctx, id)).toEqual([
        { kind: "timeout", operation: "query", remaining: 3 },
        { kind: "slow", operation: "any", remaining: null, delayMs: 1_500 },
        { kind: "wrong_amount", operation: "any", remaining: 1, amount: 77, reference: "att_somebody" },
      ]);
      await setAccountFaults(ctx, id, []);
      expect(await accountFaults(ctx, id)).toEqual([]);
      expect(await auditOf(ctx, id)).toContain("sandbox.set_faults by api_key");
    },
  );

  it("go out of the list when they are used up", async () => {
    const { ctx, accounts } = merchant;
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    const id = accounts.wechatpay?.id ?? "";
    await setAccountFaults(ctx, id, [{ kind: "system_error", operation: "pay" }]);
    const second = await openOrder(ctx);
    await choose(ctx, second.id, "wechat_pay").catch(() => {});
    expect(await accountFaults(ctx, id)).toEqual([]);
  });

  it("for one order name its attempt", async () => {
    const { ctx, accounts } = merchant;
    const order = await openOrder(ctx);
    const { attempt } = await choose(ctx, order.id, "alipay");
    await setOrderFaults(ctx, order.id, [{ kind: "lose_notification" }]);
    expect(await accountFaults(ctx, accounts.alipay?.id ?? "")).toMatchObject([{ reference: attempt.id }]);
  });

  it("are not there in live mode, nor to be seen by others", async () => {
    const { ctx, accounts } = merchant;
    const id = accounts.alipay?.id ?? "";
    await expect(accountFaults(ctx.with({ livemode: true }), id)).rejects.toMatchObject({ code: "test_mode_only" });
    const stranger = await platform.merchant({}, []);
    const path = `/v1/test/channel_accounts/${id}/faults`;
    expect(await platform.call(await stranger.key(), "GET", path)).toMatchObject({ status: 404 });
  });
});
