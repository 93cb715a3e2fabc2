import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { parameter } from "#lib/parameters/parameters";
import { type Application, lockApplication, requireOpen, writeApplication } from "./application.ts";
import { currentContract } from "./contract.ts";
import { ApplicationIncomplete, ContractNotSigned } from "./errors.ts";
import { missingFact, refuseWrongFacts } from "./facts.ts";
import { lastSignature } from "./sign-contract.ts";
import { tellOwners } from "./tell-owners.ts";

/** Papers that every application needs. */
export const neededDocuments = ["registration", "identity", "bank"] as const;

const hourMs = 3_600_000;

/**
 * Sends the application, for the first time or again after questions or a refusal.
 *
 * @throws ApplicationClosed, ApplicationIncomplete naming what is missing, ContractNotSigned
 */
export async function submitApplication(ctx: Context): Promise<Application> {
  const hours = await parameter("application_hours");
  return ctx.transaction(async (tx) => {
    const before = await lockApplication(tx);
    requireOpen(before);
    refuseWrongFacts(before.facts);
    const fact = missingFact(before.facts);
    if (fact) throw new ApplicationIncomplete(fact);
    const paper = neededDocuments.find((kind) => !before.documents.some((document) => document.kind === kind));
    if (paper) throw new ApplicationIncomplete(`documents.${paper}`);
    const signature = await lastSignature(tx);
    if (signature?.sha256 !== currentContract().sha256) throw new ContractNotSigned();
    const submissions = before.submissions + 1;
    // By the real clock: people wait for an answer, whatever day test mode has.
    const submittedAt = ctx.realNow;
    const dueAt = new Date(submittedAt.getTime() + hours * hourMs);
    const sent = { submittedAt, dueAt, submissions, message: null };
    const after = await writeApplication(tx, before, sent, "submitted");
    await recordAudit(tx, "application.submit", tx.merchantId, { submission: submissions });
    await tellOwners(tx, "application_received");
    return after;
  });
}
