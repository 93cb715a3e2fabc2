import { expect } from "vitest";
import type { ConformanceCase } from "./case.ts";

const price = 8800n;
const minuteMs = 60_000;

export const refundCases: readonly ConformanceCase[] = [
  {
    title: "refund in parts",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const first = merchant.refundOf(asked, 3000n);
      const second = merchant.refundOf(asked, 5800n);
      for (const request of [first, second]) {
        await merchant.refund(request);
        await merchant.settleAfter(minuteMs);
        expect(await merchant.queryRefund(request)).toMatchObject({
          kind: "succeeded",
          amount: request.refundAmount,
        });
      }
      const simulated = await merchant.simulated(asked.request);
      expect(simulated?.refunds.map(({ amount }) => amount).sort()).toEqual([3000, 5800]);
    },
  },
  {
    title: "refund above what is left is refused",
    async run(merchant) {
      const asked = await merchant.paid(price);
      await merchant.refund(merchant.refundOf(asked, 3000n));
      await merchant.settleAfter(minuteMs);
      const tooMuch = merchant.refundOf(asked, 5801n);
      expect(await merchant.refund(tooMuch)).toMatchObject({ kind: "failed", retryable: false });
      expect(await merchant.refund(merchant.refundOf(asked, 5800n))).not.toMatchObject({ kind: "failed" });
      await merchant.settleAfter(minuteMs);
      expect(await merchant.refund(merchant.refundOf(asked, 1n))).toMatchObject({ kind: "failed", retryable: false });
    },
  },
  {
    title: "same refund twice refunds once",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.refund(request);
      await merchant.settleAfter(minuteMs);
      expect(await merchant.refund(request)).not.toMatchObject({ kind: "failed" });
      expect((await merchant.simulated(asked.request))?.refunds).toHaveLength(1);
    },
  },
  {
    title: "refund's answer lost, refund made: unknown, then found",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.faults({ kind: "lost_answer", operation: "refund", times: 1 });
      expect(await merchant.refund(request, false)).toMatchObject({ kind: "unknown" });
      await merchant.settleAfter(minuteMs);
      expect(await merchant.queryRefund(request)).toMatchObject({ kind: "succeeded", amount: request.refundAmount });
      expect(await merchant.refund(request)).not.toMatchObject({ kind: "failed" });
      expect((await merchant.simulated(asked.request))?.refunds).toHaveLength(1);
    },
  },
  {
    title: "refund's answer lost, nothing made: unknown, then sent again",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.faults({ kind: "timeout", operation: "refund", times: 1 });
      expect(await merchant.refund(request, false)).toMatchObject({ kind: "unknown" });
      expect(await merchant.queryRefund(request)).not.toMatchObject({ kind: "succeeded" });
      await merchant.refund(request);
      await merchant.settleAfter(minuteMs);
      expect(await merchant.queryRefund(request)).toMatchObject({ kind: "succeeded", amount: request.refundAmount });
    },
  },
  {
    title: "refund fails at the provider",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.faults({ kind: "fail_refund", times: 1 });
      const atOnce = await merchant.refund(request);
      await merchant.settleAfter(minuteMs);
      const outcome = atOnce.kind === "failed" ? atOnce : await merchant.queryRefund(request);
      expect(outcome).toMatchObject({ kind: "failed" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
  {
    title: "refund takes its time: pending, then succeeded",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.faults({ kind: "slow_refund", delayMs: 10 * minuteMs });
      expect(await merchant.refund(request)).toMatchObject({ kind: "pending" });
      await merchant.settleAfter(minuteMs);
      const meanwhile = await merchant.queryRefund(request);
      if (merchant.subject.unfinishedRefund === "send_again") {
        expect(meanwhile).toMatchObject({ kind: "failed", retryable: true });
        expect(await merchant.refund(request)).toMatchObject({ kind: "pending" });
      } else expect(meanwhile).toMatchObject({ kind: "pending" });
      await merchant.settleAfter(15 * minuteMs, 15);
      expect(await merchant.queryRefund(request)).toMatchObject({ kind: "succeeded", amount: request.refundAmount });
      expect((await merchant.simulated(asked.request))?.refunds).toHaveLength(1);
    },
  },
  {
    title: "notification of a refund",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const request = merchant.refundOf(asked, 3000n);
      await merchant.refund(request);
      await merchant.settleAfter(10 * minuteMs, 10);
      const { refundNotice } = merchant.subject;
      const told = merchant.refundNotifications.filter(({ outcome }) => outcome.kind === refundNotice);
      expect(told.map(({ refundReference }) => refundReference)).toContain(request.refundReference);
      for (const { outcome } of told) {
        if (outcome.kind === "succeeded") expect(outcome.amount).toEqual(request.refundAmount);
      }
    },
  },
  {
    title: "refund of a payment that was not made is refused",
    async run(merchant) {
      const asked = await merchant.pay(merchant.subject.openWay);
      expect(await merchant.refund(merchant.refundOf(asked, 3000n))).toMatchObject({ kind: "failed" });
    },
  },
];
