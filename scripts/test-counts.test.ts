import { expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "./test-counts.ts";

it("counts a test file that could not be loaded as a failure", () => {
  const loaded = { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] };
  const broken = { status: "failed", assertionResults: [] };
  expect(vitestCounts({ numPassedTests: 1, numFailedTests: 1, testResults: [loaded, broken] })).toEqual({
    passed: 1,
    failed: 2,
  });
});

it("counts a flaky browser test and an error outside of any test as failures", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 3 };
  expect(playwrightCounts({ stats, errors: [{ message: "server did not start" }] })).toEqual({ passed: 5, failed: 3 });
});
