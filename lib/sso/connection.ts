import { and, asc, eq, isNotNull } from "drizzle-orm";
import { ssoConnections, ssoDomains } from "#db/schema/sso";
import type { Context, Tx } from "#db/tenancy";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { actorIn, type Colleague, lockTeam } from "#lib/team/colleagues";
import { OwnerOnly } from "#lib/team/errors";
import type { ProviderClient } from "./provider.ts";

export type Connection = typeof ssoConnections.$inferSelect;
export type Domain = typeof ssoDomains.$inferSelect;

/** What the secret is bound to when sealed: a merchant's ciphertext opens nowhere else. */
export const secretContext = (merchantId: string) => `sso_connections:${merchantId}`;

export function sealSecret(merchantId: string, secret: string): string {
  return seal(env.secretsKeys, secret, secretContext(merchantId));
}

export function clientOf({ merchantId, issuer, clientId, clientSecret }: Connection): ProviderClient {
  return { issuer, clientId, clientSecret: unseal(env.secretsKeys, clientSecret, secretContext(merchantId)) };
}

export async function connectionIn(tx: Tx): Promise<Connection | undefined> {
  const [row] = await tx.db.select().from(ssoConnections).where(eq(ssoConnections.merchantId, tx.merchantId));
  return row;
}

export function domainsIn(tx: Tx): Promise<Domain[]> {
  return tx.db
    .select()
    .from(ssoDomains)
    .where(eq(ssoDomains.merchantId, tx.merchantId))
    .orderBy(asc(ssoDomains.domain));
}

export function provenDomainsIn(tx: Tx): Promise<Domain[]> {
  return tx.db
    .select()
    .from(ssoDomains)
    .where(and(eq(ssoDomains.merchantId, tx.merchantId), isNotNull(ssoDomains.verifiedAt)));
}

export interface SsoSettings {
  readonly connection: Connection | undefined;
  readonly domains: readonly Domain[];
}

export function loadSso(ctx: Context): Promise<SsoSettings> {
  return ctx.transaction(async (tx) => ({ connection: await connectionIn(tx), domains: await domainsIn(tx) }));
}

/**
 * Only an owner decides who says who somebody is: whoever points this at a provider of his own is anybody he likes.
 *
 * @returns the team, locked
 * @throws PersonRequired, OwnerOnly
 */
export async function requireOwner(tx: Tx): Promise<Colleague[]> {
  const team = await lockTeam(tx);
  if (actorIn(tx, team).role !== "owner") throw new OwnerOnly();
  return team;
}
