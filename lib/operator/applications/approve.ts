import { z } from "@hono/zod-openapi";
import type { Tx } from "#db/tenancy";
import { type Application, lockApplication, writeApplication } from "#lib/onboarding/application";
import { lastSignature } from "#lib/onboarding/sign-contract";
import { tellOwners } from "#lib/onboarding/tell-owners";
import { merchantKind } from "../approvals/kind.ts";
import { ApplicationNotSubmitted, ChecksIncomplete } from "../merchants/errors.ts";
import { recordDeedAt } from "../record.ts";
import { checksOf, openChecks } from "./checks.ts";

/** @throws ApplicationNotSubmitted, ChecksIncomplete naming what is open */
async function lockReady(tx: Tx): Promise<Application> {
  const application = await lockApplication(tx);
  if (application.status !== "submitted") throw new ApplicationNotSubmitted(application.status);
  const open = openChecks(await checksOf(tx), application.submittedAt);
  if (open.length > 0) throw new ChecksIncomplete(open);
  return application;
}

/** Opens live mode for a merchant. */
export const approveMerchant = merchantKind({
  kind: "merchant.approve",
  propose: "merchants:write",
  approve: "merchants:approve",
  payload: z.strictObject({ merchant: z.string() }),
  objectId: ({ merchant }) => merchant,
  async look(tx) {
    const { merchant, facts, documents, submittedAt, submissions } = await lockReady(tx);
    const signature = await lastSignature(tx);
    return {
      merchant: merchant.name,
      legal_name: facts.legal_name,
      registration_number: facts.registration_number,
      country: facts.country,
      category: facts.category,
      submitted_at: submittedAt?.toISOString(),
      submissions,
      documents: documents.length,
      contract: signature && `${signature.version}, ${signature.signerName}`,
    };
  },
  async carryOut(tx, { merchant }, octx) {
    const application = await lockReady(tx);
    await writeApplication(tx, application, { dueAt: null, message: null }, "approved");
    await recordDeedAt(octx, tx, { verb: "merchant.approve", objectId: merchant });
    await tellOwners(tx, "application_approved");
    return { live_status: "approved" };
  },
});
