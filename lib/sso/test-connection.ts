import type { Context } from "#db/tenancy";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { clientOf, loadSso, requireOwner } from "./connection.ts";
import { checkClient, discover, type ProviderClient } from "./provider.ts";

/**
 * Asks a provider about itself and whether it knows our client; keeps nothing.
 *
 * @param draft what was typed; what is missing is taken from the connection that is kept, its secret only for its own issuer
 * @throws OwnerOnly, IssuerProblem or InvalidParam naming the field at fault, AppError sso_not_configured
 */
export async function testConnection(
  ctx: Context,
  draft: { readonly [field in keyof ProviderClient]?: string | undefined },
): Promise<{ authorizationEndpoint: string }> {
  await ctx.transaction(requireOwner);
  const { connection } = await loadSso(ctx);
  const kept = connection && clientOf(connection);
  const issuer = draft.issuer ?? kept?.issuer;
  const clientId = draft.clientId ?? kept?.clientId;
  const clientSecret = draft.clientSecret ?? (issuer === kept?.issuer ? kept?.clientSecret : undefined);
  if (!issuer) throw new AppError("conflict", "sso_not_configured");
  const config = await discover({ issuer, clientId: clientId ?? "", clientSecret: clientSecret ?? "" });
  if (clientId && clientSecret) await checkClient(config, env.publicUrl);
  return { authorizationEndpoint: config.serverMetadata().authorization_endpoint ?? "" };
}
