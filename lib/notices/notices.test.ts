import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { openAccount } from "#lib/channel-accounts/load-account";
import { systemClock } from "#lib/kernel/clock";
import { money } from "#lib/kernel/money";
import { readMailbox } from "#lib/mail/read-mailbox";
import { updateSettings } from "#lib/merchants/update-settings";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder } from "#lib/testing/shop";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { switchOff } from "#lib/webhooks/disable-endpoint";
import { loadEndpoint } from "#lib/webhooks/store";
import { type NoticeKind, noticeKinds } from "./kinds.ts";
import { warnDays, watchCredentialsJob } from "./watch-credentials.ts";

const dayMs = 86_400_000;

let platform: Platform;
let people = 0;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

/** A merchant whose notices go to a mailbox of its own. */
async function told(kinds: readonly NoticeKind[] = noticeKinds, channels: readonly string[] = []) {
  const merchant = await platform.merchant({}, channels);
  const email = `ops${++people}@shop.example`;
  await updateSettings(merchant.ctx, { notices: { emails: [email], kinds, locale: "en" } });
  return { merchant, subjects: async () => (await readMailbox(email)).map(({ subject }) => subject) };
}

async function payTwice({ ctx }: TestMerchant): Promise<void> {
  const order = await openOrder(ctx, { merchant_order_no: "A-7" });
  const { attempt } = await choose(ctx, order.id, "alipay");
  const outcome = { kind: "approved", reference: "2026", at: ctx.now, captured: true } as const;
  await applyOutcome(ctx, attempt.id, { ...outcome, amount: money(8801n, "CNY") });
}

async function loseEndpoint({ ctx }: TestMerchant): Promise<void> {
  const { endpoint } = await createEndpoint(ctx, { url: "https://shop.example/hook", eventTypes: ["*"] });
  await ctx.transaction(async (tx) => switchOff(tx, await loadEndpoint(tx, endpoint.id, { lock: true }), "gone"));
}

describe("a notice", () => {
  it("of an unexpected payment reaches the merchant's address once, with order and sum", async () => {
    const { merchant, subjects } = await told(noticeKinds, ["alipay"]);
    await payTwice(merchant);
    expect(await subjects()).toEqual(["[Test mode] An unexpected payment for order A-7"]);
  });

  it("of an endpoint that was switched off says why and where to switch it on", async () => {
    const { merchant, subjects } = await told();
    await loseEndpoint(merchant);
    expect(await subjects()).toEqual(["[Test mode] A webhook endpoint of Test merchant was switched off"]);
    const [mail] = await readMailbox(`ops${people}@shop.example`);
    expect(mail?.text).toContain("https://shop.example/hook");
    expect(mail?.text).toContain("gone (410)");
    expect(mail?.text).toContain(`${platform.origin}/dashboard/settings`);
  });

  it("is not sent of a kind that the merchant has switched off, nor to anybody unnamed", async () => {
    const { merchant, subjects } = await told(["credentials_expiring"], ["alipay"]);
    await loseEndpoint(merchant);
    await payTwice(merchant);
    expect(await subjects()).toEqual([]);
    const silent = await platform.merchant({}, []);
    const before = (await readMailbox()).length;
    await loseEndpoint(silent);
    expect(await readMailbox()).toHaveLength(before);
  });

  it("of a certificate comes once for each of the days before its end", async () => {
    const { merchant, subjects } = await told(noticeKinds, ["wechatpay"]);
    const { ctx, accounts } = merchant;
    if (!accounts.wechatpay) throw new Error("no account");
    const { channel, account } = openAccount(accounts.wechatpay);
    const endsAt = channel.credentialsExpireAt?.(account)?.getTime() ?? 0;
    const scope = { merchantId: ctx.merchantId, livemode: false, requestId: "req_test" };
    const before = systemClock.now;
    const counts: number[] = [];
    try {
      for (const days of [31, ...warnDays, 0]) {
        Object.assign(systemClock, { now: () => new Date(endsAt - days * dayMs) });
        await watchCredentialsJob.run(scope);
        counts.push((await subjects()).length);
      }
    } finally {
      Object.assign(systemClock, { now: before });
    }
    expect(counts).toEqual([0, 1, 2, 3, 4, 5, 6, 6]);
    expect((await subjects())[0]).toContain("Credentials of wechatpay (simulator) end on");
  });
});

describe("the settings of notices", () => {
  it("keep what was not changed, and refuse what is no address or too many", async () => {
    const { merchant } = await told();
    const key = await merchant.key();
    const patch = (body: object) => platform.call(key, "PATCH", "/v1/settings", body);
    expect((await patch({ notices: ["unexpected_payment"] })).body).toMatchObject({
      notice_emails: [`ops${people}@shop.example`],
      notices: ["unexpected_payment"],
      notice_language: "en",
    });
    expect((await patch({ second_payment: "accept" })).body).toMatchObject({
      second_payment: "accept",
      late_payment: "refund",
      notices: ["unexpected_payment"],
    });
    expect((await patch({ notice_emails: ["nobody"] })).status).toBe(400);
    const six = Array.from({ length: 6 }, (_, n) => `a${n}@shop.example`);
    expect((await patch({ notice_emails: six })).status).toBe(400);
    const audit = await platform.owner`
      select change from audit_log where merchant_id = ${merchant.merchantId} and verb = 'settings.update' order by id`;
    expect(audit.map(({ change }) => change).at(-1)).toMatchObject({ after: { secondPayment: "accept" } });
  });
});
