import { expect } from "vitest";
import { BadNotification, type RawNotification } from "../channel.ts";
import type { ConformanceCase } from "./case.ts";
import { Merchant } from "./merchant.ts";

const price = 8800n;
const hourMs = 60 * 60_000;

async function read(merchant: Merchant, raw: RawNotification, now = merchant.world.clock.now()) {
  return merchant.channel.readNotification(merchant.account, raw, { now });
}

/** The refusal of a notification, so that a test can ask for its reason. */
async function refusal(merchant: Merchant, raw: RawNotification, now?: Date): Promise<string> {
  try {
    await read(merchant, raw, now);
  } catch (error) {
    if (error instanceof BadNotification) return error.reason;
    throw error;
  }
  return "accepted";
}

async function firstNotification(merchant: Merchant): Promise<RawNotification> {
  await merchant.paid(price);
  await merchant.settle();
  const [first] = merchant.received;
  if (!first) throw new Error("no notification came");
  return first.raw;
}

export const notificationCases: readonly ConformanceCase[] = [
  {
    title: "notification of a payment",
    async run(merchant) {
      const asked = await merchant.paid(price);
      await merchant.settle();
      expect(merchant.received.every(({ refused }) => refused === undefined)).toBe(true);
      const approved = merchant.paymentNotifications.filter(({ outcome }) => outcome.kind === "approved");
      expect(approved).toHaveLength(1);
      expect(approved[0]).toMatchObject({
        reference: asked.request.reference,
        outcome: { captured: true, amount: merchant.amount(price), at: merchant.world.clock.now() },
      });
      await merchant.settleAfter(24 * hourMs, 24);
      expect((await merchant.simulated(asked.request))?.notificationsDue).toBe(0);
    },
  },
  {
    title: "duplicate notification has the same event id",
    async run(merchant) {
      await merchant.faults({ kind: "repeat_notification", times: 2 });
      await merchant.paid(price);
      await merchant.settleAfter(hourMs, 6);
      const ids = merchant.paymentNotifications.map(({ eventId }) => eventId);
      expect(ids.length).toBeGreaterThanOrEqual(3);
      expect(new Set(ids.slice(0, 3)).size).toBe(1);
    },
  },
  {
    title: "reordered notifications each stand for themselves",
    async run(merchant) {
      await merchant.faults({ kind: "reorder_notifications", times: 1 });
      const asked = await merchant.paid(price);
      const refund = merchant.refundOf(asked, 3000n);
      await merchant.refund(refund);
      await merchant.settleAfter(hourMs, 6);
      const approvedAt = merchant.notifications.findIndex(({ kind }) => kind === "payment");
      const refundedAt = merchant.notifications.findIndex(({ kind }) => kind === "refund");
      expect(refundedAt).toBeGreaterThanOrEqual(0);
      expect(approvedAt).toBeGreaterThan(refundedAt);
      expect(merchant.notifications[approvedAt]).toMatchObject({ outcome: { kind: "approved" } });
      expect(merchant.notifications[refundedAt]).toMatchObject({
        refundReference: refund.refundReference,
        outcome: { kind: merchant.subject.refundNotice },
      });
      expect(await merchant.queryRefund(refund)).toMatchObject({ kind: "succeeded", amount: merchant.amount(3000n) });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
  {
    title: "wrong signature is refused, and the provider sends again",
    async run(merchant) {
      await merchant.faults({ kind: "corrupt_notification", times: 1 });
      await merchant.paid(price);
      await merchant.settle();
      expect(merchant.received[0]?.refused?.reason).toBe("signature");
      expect(merchant.paymentNotifications).toHaveLength(0);
      await merchant.settleAfter(24 * hourMs, 24);
      expect(merchant.paymentNotifications.some(({ outcome }) => outcome.kind === "approved")).toBe(true);
    },
  },
  {
    title: "changed body is refused",
    async run(merchant) {
      const raw = await firstNotification(merchant);
      const changed = Buffer.from(raw.body);
      // In the middle, so that the change is in a value and not in the padding at an end.
      const middle = Math.floor(changed.length / 2);
      changed.writeUInt8(changed.readUInt8(middle) ^ 1, middle);
      expect(await refusal(merchant, { ...raw, body: changed })).toBe("signature");
      expect(await refusal(merchant, { ...raw, body: Buffer.alloc(0) })).toBe("signature");
      expect(await refusal(merchant, raw)).toBe("accepted");
    },
  },
  {
    title: "notification without its headers, or of garbage, is refused",
    async run(merchant) {
      const raw = await firstNotification(merchant);
      const garbage = Buffer.alloc(5 * 1024 * 1024, "a=%b&");
      expect(await refusal(merchant, { ...raw, headers: {}, body: garbage })).not.toBe("accepted");
    },
  },
  {
    title: "notification of another account is refused",
    async run(merchant) {
      const raw = await firstNotification(merchant);
      const other = await Merchant.open(merchant.world, merchant.subject, false);
      expect(await refusal(other, raw)).toBe("signature");
    },
  },
  {
    title: "lost notification: found by query",
    async run(merchant) {
      await merchant.faults({ kind: "lose_notification", times: 10 });
      const asked = await merchant.paid(price);
      await merchant.settleAfter(24 * hourMs, 24);
      expect(merchant.received).toHaveLength(0);
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
];
