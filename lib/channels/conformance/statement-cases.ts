import { expect } from "vitest";
import type { ConformanceCase } from "./case.ts";
import type { Subject } from "./subjects.ts";

const dayMs = 24 * 60 * 60_000;

/** The calendar day of the provider at that moment. */
function dayOf(at: Date, timeZone: Subject["timeZone"]): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

export const statementCases: readonly ConformanceCase[] = [
  {
    title: "statement with payments and refunds",
    async run(merchant) {
      const { clock } = merchant.world;
      const first = await merchant.paid(8800n);
      const second = await merchant.paid(1200n);
      const refund = merchant.refundOf(first, 3000n);
      await merchant.refund(refund);
      await merchant.settleAfter(60_000);
      const paidAt = clock.now();
      // Providers make a day's statement on the morning after.
      clock.advance(dayMs);
      const lines = await merchant.statement(dayOf(paidAt, merchant.subject.timeZone));
      expect(lines.filter(({ kind }) => kind === "payment" || kind === "refund")).toHaveLength(3);
      for (const [asked, minor] of [
        [first, 8800n],
        [second, 1200n],
      ] as const) {
        const simulated = await merchant.simulated(asked.request);
        const { reference } = asked.request;
        const line = lines.find((one) => one.kind === "payment" && one.reference === reference);
        expect(line).toMatchObject({
          providerReference: simulated?.providerReference,
          amount: merchant.amount(minor),
        });
        expect(line?.fee).toBeLessThanOrEqual(0n);
        expect(Math.abs((line?.at.getTime() ?? 0) - paidAt.getTime())).toBeLessThan(5 * 60_000);
      }
      const refunded = lines.find((one) => one.kind === "refund");
      expect(refunded).toMatchObject({
        reference: first.request.reference,
        refundReference: refund.refundReference,
        amount: merchant.amount(-3000n),
      });
    },
  },
  {
    title: "statement of a day without trade is empty",
    async run(merchant) {
      const today = merchant.world.clock.now();
      merchant.world.clock.advance(2 * dayMs);
      expect(await merchant.statement(dayOf(today, merchant.subject.timeZone))).toEqual([]);
    },
  },
];
