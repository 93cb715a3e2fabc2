import { eq } from "drizzle-orm";
import { merchants } from "#db/schema/merchants";
import { type ApplicationDocument, merchantApplications } from "#db/schema/onboarding";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { NotFound } from "#lib/kernel/errors";
import { forgetMerchant, type Merchant } from "#lib/merchants/load-merchant";
import { ApplicationClosed } from "./errors.ts";
import { type Facts, refuseWrongFacts } from "./facts.ts";

type Row = typeof merchantApplications.$inferSelect;

export interface Application extends Omit<Row, "sealed" | "merchantId"> {
  readonly facts: Facts;
  readonly status: Merchant["liveStatus"];
  readonly merchant: Merchant;
}

/** What the facts are bound to when sealed. */
export function applicationContext(merchantId: string): string {
  return `merchant_applications:${merchantId}`;
}

/** Who its files belong to (lib/sealed-files). */
export function applicationId(merchantId: string): string {
  return `application:${merchantId}`;
}

/** The transaction's merchant's application; an empty draft when it has begun none. The merchant's row is locked. */
export async function lockApplication(tx: Tx): Promise<Application> {
  const [merchant] = await tx.db.select().from(merchants).where(eq(merchants.merchantId, tx.merchantId)).for("update");
  if (!merchant) throw new NotFound("merchant");
  return readApplication(tx, merchant);
}

export async function readApplication(tx: Tx, merchant: Merchant): Promise<Application> {
  const [row] = await tx.db
    .select()
    .from(merchantApplications)
    .where(eq(merchantApplications.merchantId, tx.merchantId));
  const { liveStatus: status } = merchant;
  if (!row) return { ...nothing(tx), merchant, status, facts: { country: merchant.country } };
  const { sealed, merchantId, ...rest } = row;
  const facts: Facts = JSON.parse(unseal(env.secretsKeys, sealed, applicationContext(merchantId)));
  return { ...rest, merchant, status, facts };
}

function nothing(tx: Tx) {
  return {
    documents: [] as readonly ApplicationDocument[],
    submittedAt: null,
    dueAt: null,
    submissions: 0,
    message: null,
    createdAt: tx.ctx.realNow,
    updatedAt: tx.ctx.realNow,
  };
}

/** @throws ApplicationClosed while it lies with us, and once it is approved */
export function requireOpen({ status }: Application): void {
  if (status === "submitted" || status === "approved") throw new ApplicationClosed(status);
}

export type ApplicationChange = Partial<
  Pick<Application, "facts" | "documents" | "submittedAt" | "dueAt" | "submissions" | "message">
>;

/** Writes the locked application; with `status` also how far it is. */
export async function writeApplication(
  tx: Tx,
  before: Application,
  change: ApplicationChange,
  status?: Merchant["liveStatus"],
): Promise<Application> {
  const after = { ...before, ...change, ...(status && { status }), updatedAt: tx.ctx.realNow };
  const { facts, documents, submittedAt, dueAt, submissions, message, updatedAt } = after;
  const sealed = seal(env.secretsKeys, JSON.stringify(facts), applicationContext(tx.merchantId));
  const set = { sealed, documents, submittedAt, dueAt, submissions, message, updatedAt };
  await tx.db
    .insert(merchantApplications)
    .values({ merchantId: tx.merchantId, createdAt: updatedAt, ...set })
    .onConflictDoUpdate({ target: merchantApplications.merchantId, set });
  if (status && status !== before.status) {
    await tx.db.update(merchants).set({ liveStatus: status, updatedAt }).where(eq(merchants.merchantId, tx.merchantId));
    tx.afterCommit(() => forgetMerchant(tx.merchantId));
  }
  return after;
}

/** @throws NotFound */
export function getApplication(ctx: Context): Promise<Application> {
  return ctx.transaction(async (tx) => {
    const [merchant] = await tx.db.select().from(merchants).where(eq(merchants.merchantId, tx.merchantId));
    if (!merchant) throw new NotFound("merchant");
    return readApplication(tx, merchant);
  });
}

/**
 * Keeps a draft: what is given replaces what was, the rest stays.
 *
 * @throws ApplicationClosed, InvalidParam for what fails its own check
 */
export function saveApplication(ctx: Context, change: Facts): Promise<Application> {
  return ctx.transaction(async (tx) => {
    const before = await lockApplication(tx);
    requireOpen(before);
    const facts = { ...before.facts, ...change };
    refuseWrongFacts(facts);
    const after = await writeApplication(tx, before, { facts });
    // Which fields, not what they say: the facts are sealed, and so they stay.
    await recordAudit(tx, "application.save", tx.merchantId, { fields: Object.keys(change) });
    return after;
  });
}
