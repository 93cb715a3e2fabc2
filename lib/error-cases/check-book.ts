import { defineJob } from "#lib/jobs/job";
import { checkInvariants } from "#lib/ledger/check";
import { endCase, openCase } from "./open-case.ts";

/** Reckons a merchant's book from its rows; what does not hold becomes a case, and one that holds again ends it. */
export const checkBookJob = defineJob<Record<never, string>>("check_book", async (ctx) => {
  await ctx.transaction(async (tx) => {
    const findings = await checkInvariants(tx);
    const subject = { kind: "ledger_check", objectId: `book:${tx.livemode ? "live" : "test"}` } as const;
    if (findings.length > 0) await openCase(tx, { ...subject, evidence: { findings } });
    else await endCase(tx, { ...subject, ending: "settled_by_itself", outcome: { findings: 0 } });
  });
});
