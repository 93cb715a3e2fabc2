import { and, asc, desc, eq, isNotNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { type LiveStatus, merchants } from "#db/schema/merchants";
import { merchantApplications } from "#db/schema/onboarding";
import { NotFound } from "#lib/kernel/errors";
import { isMerchantId } from "#lib/kernel/ids";
import { type Application, getApplication } from "#lib/onboarding/application";
import { openDocument, type Paper, papersOf } from "#lib/onboarding/documents";
import { lastSignature, type Signature } from "#lib/onboarding/sign-contract";
import type { OperatorContext } from "../context.ts";
import { recordHiddenDeedAt } from "../record.ts";
import { type Check, checksOf } from "./checks.ts";

export interface QueuedApplication {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly status: LiveStatus;
  readonly submittedAt: Date | null;
  readonly dueAt: Date | null;
  readonly submissions: number;
}

const mostQueued = 200;

/** Those that wait for us, the oldest first; those answered, the newest first. */
export function listApplications(status: Exclude<LiveStatus, "not_applied">): Promise<QueuedApplication[]> {
  const { submittedAt, dueAt, submissions } = merchantApplications;
  return operatorDatabase()
    .select({
      id: merchants.merchantId,
      name: merchants.name,
      country: merchants.country,
      status: merchants.liveStatus,
      submittedAt,
      dueAt,
      submissions,
    })
    .from(merchants)
    .innerJoin(merchantApplications, eq(merchantApplications.merchantId, merchants.merchantId))
    .where(and(eq(merchants.liveStatus, status), isNotNull(submittedAt)))
    .orderBy(status === "submitted" ? asc(submittedAt) : desc(merchantApplications.updatedAt))
    .limit(mostQueued);
}

export interface ApplicationFile {
  readonly application: Application;
  readonly papers: readonly Paper[];
  readonly signature: Signature | undefined;
  readonly checks: readonly Check[];
}

/** All of one application; who looked stands in the operators' log. @throws NotFound */
export function readApplicationFile(octx: OperatorContext, merchantId: string): Promise<ApplicationFile> {
  if (!isMerchantId(merchantId)) throw new NotFound("merchant");
  return octx.at(merchantId, true).transaction(async (tx) => {
    const application = await getApplication(tx.ctx);
    await recordHiddenDeedAt(octx, tx, { verb: "application.view", objectId: merchantId });
    return {
      application,
      papers: await papersOf(tx, application.documents),
      signature: await lastSignature(tx),
      checks: await checksOf(tx),
    };
  });
}

/** A paper of an application; who opened it stands in the operators' log. @throws NotFound */
export function readPaper(octx: OperatorContext, merchantId: string, id: string) {
  if (!isMerchantId(merchantId)) throw new NotFound("merchant");
  return octx.at(merchantId, true).transaction(async (tx) => {
    const file = await openDocument(tx, id);
    await recordHiddenDeedAt(octx, tx, { verb: "application.open_document", objectId: id });
    return file;
  });
}
