import { resolveTxt } from "node:dns/promises";
import { and, eq, sql } from "drizzle-orm";
import { ssoDomains } from "#db/schema/sso";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { hmacSha256 } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError, InvalidParam, NotFound } from "#lib/kernel/errors";
import { type Domain, domainsIn, requireOwner } from "./connection.ts";

const maxDomains = 20;

/** Names under which nobody has real mail (RFC 2606, RFC 6761): in the sandbox they need no proof. */
const reserved = /\.(test|example|invalid|localhost)$/;
const pattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** The texts of a name's TXT records; none when the name is not there. */
export type TxtResolver = (name: string) => Promise<readonly string[]>;

const systemTxt: TxtResolver = async (name) => {
  const records = await resolveTxt(name).catch(() => []);
  return records.map((parts) => parts.join(""));
};

/** The TXT record that proves a domain. Made out of ours and theirs, so that there is nothing to keep. */
export function recordOf(merchantId: string, domain: string): { readonly name: string; readonly value: string } {
  const proof = hmacSha256(env.sessionSecret, `sso-domain:${merchantId}:${domain}`).toString("hex").slice(0, 32);
  return { name: `_globalpaylink.${domain}`, value: `globalpaylink-sso=${proof}` };
}

/** @throws OwnerOnly, InvalidParam sso_domain_invalid, AppError sso_domain_limit */
export async function addDomain(ctx: Context, text: string): Promise<Domain> {
  const domain = text.trim().toLowerCase().replace(/^@/, "");
  if (!pattern.test(domain)) throw new InvalidParam("sso_domain_invalid", "domain");
  return ctx.transaction(async (tx) => {
    await requireOwner(tx);
    const known = await domainsIn(tx);
    const present = known.find((one) => one.domain === domain);
    if (present) return present;
    if (known.length >= maxDomains)
      throw new AppError("conflict", "sso_domain_limit", { detail: { limit: maxDomains } });
    const [row] = await tx.db
      .insert(ssoDomains)
      .values({ merchantId: tx.merchantId, domain, createdAt: tx.now })
      .returning();
    if (!row) throw new Error("domain not kept");
    await recordAudit(tx, "sso_domain.add", domain);
    return row;
  });
}

/**
 * Looks for the TXT record. Without proof a merchant could speak for other companies' addresses.
 *
 * @throws OwnerOnly, NotFound, AppError sso_domain_unproven, sso_domain_taken
 */
export async function verifyDomain(ctx: Context, domain: string, resolver = systemTxt): Promise<Domain> {
  await ctx.transaction(async (tx) => {
    await domainIn(tx, domain);
    await requireOwner(tx);
  });
  const { name, value } = recordOf(ctx.merchantId, domain);
  const isProven = (env.simulatorsOn && reserved.test(domain)) || (await resolver(name)).includes(value);
  if (!isProven) throw new AppError("conflict", "sso_domain_unproven", { param: "domain" });
  return ctx.transaction(async (tx) => {
    await requireOwner(tx);
    const [taken] = await tx.db.execute<{ taken: boolean }>(sql`select internal.sso_domain_taken(${domain}) as taken`);
    if (taken?.taken) throw new AppError("conflict", "sso_domain_taken", { param: "domain" });
    const { verifiedAt } = await domainIn(tx, domain);
    const [row] = await tx.db
      .update(ssoDomains)
      .set({ verifiedAt: verifiedAt ?? tx.now })
      .where(own(tx, domain))
      .returning();
    if (!row) throw new NotFound("domain");
    await recordAudit(tx, "sso_domain.verify", domain);
    return row;
  });
}

/** Its addresses can't sign in through the provider any more. @throws OwnerOnly, NotFound */
export async function removeDomain(ctx: Context, domain: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    await domainIn(tx, domain);
    await requireOwner(tx);
    await tx.db.delete(ssoDomains).where(own(tx, domain));
    await recordAudit(tx, "sso_domain.remove", domain);
  });
}

function own(tx: Tx, domain: string) {
  return and(eq(ssoDomains.merchantId, tx.merchantId), eq(ssoDomains.domain, domain));
}

async function domainIn(tx: Tx, domain: string): Promise<Domain> {
  const [row] = await tx.db.select().from(ssoDomains).where(own(tx, domain)).for("update");
  if (!row) throw new NotFound("domain");
  return row;
}
