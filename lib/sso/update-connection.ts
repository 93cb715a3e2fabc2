import { and, eq } from "drizzle-orm";
import { roles } from "#db/schema/roles";
import { ssoConnections } from "#db/schema/sso";
import type { Context, Tx } from "#db/tenancy";
import { isBuiltInRole } from "#lib/access/permissions";
import { forgetMemberships } from "#lib/access/session";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { AppError, InvalidParam } from "#lib/kernel/errors";
import type { Colleague } from "#lib/team/colleagues";
import {
  type Connection,
  clientOf,
  connectionIn,
  loadSso,
  provenDomainsIn,
  requireOwner,
  sealSecret,
} from "./connection.ts";
import { discover } from "./provider.ts";

export interface UpdateConnection {
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly defaultRole?: string | undefined;
  readonly isRequired?: boolean | undefined;
}

/**
 * Sets the provider up, or changes what is given; the provider is asked about itself before anything is kept.
 *
 * @throws OwnerOnly, IssuerProblem, InvalidParam naming a field that is missing or wrong, AppError sso_domain_missing
 */
export async function updateConnection(ctx: Context, input: UpdateConnection): Promise<Connection> {
  await ctx.transaction(requireOwner);
  const { connection: before } = await loadSso(ctx);
  const account = accountOf(before, input);
  // Outside of the transaction: the provider may take its time.
  if (input.issuer !== undefined) await discover(account);
  return ctx.transaction(async (tx) => {
    const team = await requireOwner(tx);
    const present = await connectionIn(tx);
    const defaultRole = await checkRole(tx, input.defaultRole ?? present?.defaultRole ?? "read_only");
    const isRequired = input.isRequired ?? present?.isRequired ?? false;
    if (isRequired && (await provenDomainsIn(tx)).length === 0) throw new AppError("conflict", "sso_domain_missing");
    const values = {
      issuer: account.issuer,
      clientId: account.clientId,
      clientSecret: sealSecret(tx.merchantId, account.clientSecret),
      defaultRole,
      isRequired,
      updatedAt: tx.now,
    };
    const [row] = await tx.db
      .insert(ssoConnections)
      .values({ merchantId: tx.merchantId, createdAt: tx.now, ...values })
      .onConflictDoUpdate({ target: ssoConnections.merchantId, set: values })
      .returning();
    if (!row) throw new Error("connection not kept");
    await recordAudit(tx, "sso.update", tx.merchantId, {
      ...difference(present ? told(present) : {}, told(row)),
      secretReplaced: input.clientSecret !== undefined,
    });
    forgetTeam(tx, team);
    return row;
  });
}

/** Takes the provider away: everybody signs in with password or passkey again. @throws OwnerOnly, AppError sso_not_configured */
export async function removeConnection(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    const team = await requireOwner(tx);
    const [row] = await tx.db.delete(ssoConnections).where(eq(ssoConnections.merchantId, tx.merchantId)).returning();
    if (!row) throw new AppError("conflict", "sso_not_configured");
    await recordAudit(tx, "sso.remove", tx.merchantId, { before: told(row) });
    forgetTeam(tx, team);
  });
}

/** The account at the provider after the change. A kept secret goes to no other provider than the one it was given for. */
function accountOf(before: Connection | undefined, input: UpdateConnection) {
  const kept = before && clientOf(before);
  const isMoved = input.issuer !== undefined && input.issuer !== kept?.issuer;
  const issuer = input.issuer ?? kept?.issuer;
  const clientId = input.clientId ?? kept?.clientId;
  const clientSecret = input.clientSecret ?? (isMoved ? undefined : kept?.clientSecret);
  if (issuer === undefined) throw new InvalidParam("missing_field", "issuer", { field: "issuer" });
  if (clientId === undefined) throw new InvalidParam("missing_field", "client_id", { field: "client_id" });
  if (clientSecret === undefined) throw new InvalidParam("missing_field", "client_secret", { field: "client_secret" });
  return { issuer, clientId, clientSecret };
}

/** Nobody becomes an owner because a provider says so. */
async function checkRole(tx: Tx, role: string): Promise<string> {
  if (isBuiltInRole(role) && role !== "owner") return role;
  const [own] = await tx.db
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, role)))
    .for("share");
  if (!own) throw new InvalidParam("role_unknown", "default_role");
  return role;
}

function told({ issuer, clientId, defaultRole, isRequired }: Connection) {
  return { issuer, clientId, defaultRole, isRequired };
}

function forgetTeam(tx: Tx, team: readonly Colleague[]): void {
  tx.afterCommit(() => {
    for (const { userId } of team) forgetMemberships(userId);
  });
}
