import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { channelNamed } from "../registry.ts";
import type { ConformanceCase } from "./case.ts";
import { type CaseResult, capabilityMatrix } from "./matrix.ts";
import { Merchant } from "./merchant.ts";
import { notificationCases } from "./notification-cases.ts";
import { paymentCases } from "./payment-cases.ts";
import { refundCases } from "./refund-cases.ts";
import { statementCases } from "./statement-cases.ts";
import { type Subject, subjects } from "./subjects.ts";
import { createWorld, type World } from "./world.ts";

const cases: readonly ConformanceCase[] = [...paymentCases, ...notificationCases, ...refundCases, ...statementCases];
const results = new Map(cases.map(({ title }) => [title, new Map<string, CaseResult>()]));

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.end());

function conforms(subject: Subject, { title, appliesTo, run }: ConformanceCase): void {
  if (appliesTo && !appliesTo(subject)) return;
  it(title, async () => {
    onTestFinished(({ task }) => {
      results.get(title)?.set(subject.channel, task.result?.state === "pass" ? "passed" : "failed");
    });
    world.nextMorning();
    await run(await Merchant.open(world, subject));
  });
}

for (const subject of subjects) {
  describe(subject.channel, () => {
    it("goes every way that the adapter offers", () => {
      const offered = channelNamed(subject.channel).capabilities.map(({ method, flow }) => `${method} ${flow}`);
      const gone = subject.ways.map(({ method, flow }) => `${method} ${flow}`);
      expect(new Set(gone)).toEqual(new Set(offered));
    });
    for (const one of cases) conforms(subject, one);
  });
}

it("is what docs/capabilities.md says", async () => {
  const channels = subjects.map(({ channel }) => channelNamed(channel));
  await expect(capabilityMatrix(channels, results)).toMatchFileSnapshot("../../../docs/capabilities.md");
});
