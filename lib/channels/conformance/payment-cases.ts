import { expect } from "vitest";
import { channelNamed } from "../registry.ts";
import type { ConformanceCase } from "./case.ts";
import type { Merchant } from "./merchant.ts";
import type { Subject, Way } from "./subjects.ts";

const price = 8800n;

const canCapture = (subject: Subject) => channelNamed(subject.channel).capture !== undefined;

async function expectAction(merchant: Merchant, way: Way): Promise<void> {
  const asked = await merchant.pay(way);
  if (way.action === undefined) {
    expect(asked.outcome).toMatchObject({ kind: "approved", captured: true, amount: merchant.amount(price) });
    return;
  }
  expect(asked.outcome).toMatchObject({ kind: "pending", action: { type: way.action } });
  expect(asked.outcome).not.toHaveProperty("unmapped");
  expect(await merchant.query(asked)).toMatchObject({ kind: way.untouched ?? "pending" });
  await merchant.shopper(asked, { act: "pay" });
  expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
}

export const paymentCases: readonly ConformanceCase[] = [
  {
    title: "payment succeeds",
    async run(merchant) {
      const asked = await merchant.paid(price);
      const outcome = await merchant.query(asked);
      expect(outcome).toMatchObject({ kind: "approved", captured: true, amount: merchant.amount(price) });
      const simulated = await merchant.simulated(asked.request);
      expect(outcome).toMatchObject({ reference: simulated?.providerReference });
      expect(outcome.kind === "approved" && outcome.at.getTime()).toBe(merchant.world.clock.now().getTime());
    },
  },
  {
    title: "every way to pay, with its action",
    async run(merchant) {
      for (const way of merchant.subject.ways) await expectAction(merchant, way);
    },
  },
  {
    title: "shopper's try is refused",
    async run(merchant) {
      const { refusedWay, afterRefusedTry, openWay } = merchant.subject;
      if (refusedWay) {
        const { outcome } = await merchant.pay(refusedWay);
        expect(outcome).toMatchObject({ kind: "declined", reason: "insufficient_funds" });
      }
      const asked = await merchant.pay(openWay);
      await merchant.shopper(asked, { act: "fail", reason: "insufficient_funds" });
      expect(await merchant.query(asked)).toMatchObject({ kind: afterRefusedTry });
      // A payment that was called declined is given up by the caller, so nobody may be able to pay it any more.
      if (afterRefusedTry === "declined") return expect(merchant.shopper(asked, { act: "pay" })).rejects.toThrow();
      await merchant.shopper(asked, { act: "pay" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
  {
    title: "shopper gives up",
    async run(merchant) {
      const asked = await merchant.pay(merchant.subject.openWay);
      await merchant.shopper(asked, { act: "cancel" });
      expect(await merchant.query(asked)).toMatchObject({ kind: merchant.subject.afterRefusedTry });
      expect(await merchant.close(asked)).toEqual({ kind: "closed" });
    },
  },
  {
    title: "answer lost, payment made: unknown, then found",
    async run(merchant) {
      await merchant.faults({ kind: "lost_answer", operation: "pay", times: 1 });
      const asked = await merchant.pay(merchant.subject.calledWay, {}, false);
      expect(asked.outcome).toMatchObject({ kind: "unknown" });
      if ((await merchant.query(asked)).kind !== "approved") await merchant.shopper(asked, { act: "pay" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
  {
    title: "answer lost, nothing made: unknown, then not there",
    async run(merchant) {
      await merchant.faults({ kind: "timeout", operation: "pay", times: 1 });
      const asked = await merchant.pay(merchant.subject.calledWay, {}, false);
      expect(asked.outcome).toMatchObject({ kind: "unknown" });
      expect(await merchant.query(asked)).toEqual({ kind: "absent" });
      const again = await merchant.payAgain(asked);
      expect(again.kind).toBe(merchant.subject.calledWay.action ? "pending" : "approved");
    },
  },
  {
    title: "same request twice pays once",
    async run(merchant) {
      const asked = await merchant.pay(merchant.subject.calledWay);
      expect((await merchant.payAgain(asked)).kind).toBe(asked.outcome.kind);
      if (asked.outcome.kind !== "approved") await merchant.shopper(asked, { act: "pay" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(price) });
    },
  },
  {
    title: "provider's system error is unknown",
    async run(merchant) {
      await merchant.faults({ kind: "system_error", operation: "pay", times: 1 });
      const asked = await merchant.pay(merchant.subject.calledWay);
      expect(asked.outcome).toMatchObject({ kind: "unknown" });
      await merchant.faults({ kind: "system_error", operation: "query", times: 1 });
      expect(await merchant.query(asked)).toMatchObject({ kind: "unknown" });
    },
  },
  {
    title: "wrong amount is reported as the provider says it",
    async run(merchant) {
      await merchant.faults({ kind: "wrong_amount", amount: 8799, times: 1 });
      const asked = await merchant.paid(price);
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", amount: merchant.amount(8799n) });
      await merchant.settle();
      expect(merchant.paymentNotifications.at(-1)?.outcome).toMatchObject({ amount: merchant.amount(8799n) });
    },
  },
  {
    title: "close unpaid",
    async run(merchant) {
      const asked = await merchant.pay(merchant.subject.openWay);
      if (merchant.subject.existsOnceTried) await merchant.shopper(asked, { act: "fail" });
      expect(await merchant.close(asked)).toEqual({ kind: "closed" });
      expect(await merchant.close(asked)).toEqual({ kind: "closed" });
      await merchant.shopper(asked, { act: "pay" }).catch(() => undefined);
      expect(await merchant.query(asked)).not.toMatchObject({ kind: "approved" });
    },
  },
  {
    title: "close after paid",
    async run(merchant) {
      const asked = await merchant.paid(price);
      expect(await merchant.close(asked)).toEqual({ kind: "paid" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved" });
    },
  },
  {
    title: "authorise, capture a part",
    appliesTo: canCapture,
    async run(merchant) {
      const asked = await merchant.pay(undefined, { captureMethod: "manual" });
      expect(asked.outcome).toMatchObject({ kind: "approved", captured: false, amount: merchant.amount(price) });
      const first = await merchant.capture(asked, 5000n);
      expect(first).toMatchObject({ kind: "captured", amount: merchant.amount(5000n) });
      expect(await merchant.capture(asked, 5000n)).toEqual(first);
      expect(await merchant.query(asked)).toMatchObject({ captured: true, amount: merchant.amount(5000n) });
      await merchant.settle();
      const captured = merchant.paymentNotifications.map(
        ({ outcome }) => outcome.kind === "approved" && outcome.captured,
      );
      expect(new Set(captured)).toEqual(new Set([false, true]));
    },
  },
  {
    title: "capture more than authorised is refused",
    appliesTo: canCapture,
    async run(merchant) {
      const asked = await merchant.pay(undefined, { captureMethod: "manual" });
      expect(await merchant.capture(asked, price + 1n)).toMatchObject({ kind: "refused" });
      expect(await merchant.query(asked)).toMatchObject({ kind: "approved", captured: false });
    },
  },
  {
    title: "capture with a lost answer takes the money once",
    appliesTo: canCapture,
    async run(merchant) {
      const asked = await merchant.pay(undefined, { captureMethod: "manual" });
      await merchant.faults({ kind: "system_error", operation: "capture", times: 1 });
      expect(await merchant.capture(asked, 5000n)).toMatchObject({ kind: "unknown" });
      expect(await merchant.capture(asked, 5000n)).toMatchObject({ kind: "captured", amount: merchant.amount(5000n) });
    },
  },
  {
    title: "void an authorisation",
    appliesTo: canCapture,
    async run(merchant) {
      const asked = await merchant.pay(undefined, { captureMethod: "manual" });
      expect(await merchant.close(asked)).toEqual({ kind: "closed" });
      expect(await merchant.capture(asked, price)).toMatchObject({ kind: "refused" });
    },
  },
];
