import * as client from "openid-client";
import { z } from "zod";
import { ConnectRefused } from "#lib/http-safe/agents";
import { safeFetch } from "#lib/http-safe/fetch";
import { processAgents, processAllowList } from "#lib/http-safe/process";
import { TimedCache } from "#lib/kernel/cache";
import { sha256Hex } from "#lib/kernel/crypto";
import { InvalidParam } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import { IssuerProblem } from "./errors.ts";
import { redirectUri } from "./redirect.ts";

export interface ProviderClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const timeoutMs = 8_000;

/** A merchant chose these addresses: they are reached as its webhooks are, or not at all. */
const fetchSafely: client.CustomFetch = (url, { method, headers, body }) =>
  safeFetch(
    new URL(url),
    { method, headers, ...(body !== undefined && body !== null && { body: String(body) }) },
    { agents: processAgents(), timeoutMs },
  );

/** Plain http is for a provider on the developer's own machine. */
function allowsPlainHttp(): boolean {
  return processAllowList().ranges.length > 0;
}

function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url?.protocol === "http:" && allowsPlainHttp());
}

const address = z.string().max(2_000).refine(isAddress);

/** OpenID Connect Discovery 1.0 §3, as far as we need it; the rest is passed on. */
const metadataSchema = z.looseObject({
  issuer: z.string().max(2_000),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
type Metadata = z.output<typeof metadataSchema>;

/** @throws IssuerProblem */
export function checkIssuer(issuer: string): void {
  if (!isAddress(issuer)) throw new IssuerProblem("invalid");
  const { search, hash, username, password } = new URL(issuer);
  if (search || hash || username || password || /[?#]/.test(issuer)) throw new IssuerProblem("invalid");
}

async function readMetadata(issuer: string): Promise<Metadata> {
  checkIssuer(issuer);
  const url = new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const ask = { method: "GET", headers: { accept: "application/json" } };
  const answer = await safeFetch(url, ask, { agents: processAgents(), timeoutMs }).catch((error: unknown) => {
    const isRefused = error instanceof ConnectRefused && error.code === "address_refused";
    throw new IssuerProblem(isRefused ? "refused" : "unreachable");
  });
  if (answer.status >= 500) throw new IssuerProblem("unreachable");
  const parsed = metadataSchema.safeParse(
    answer.status === 200 ? await answer.json().catch(() => undefined) : undefined,
  );
  if (!parsed.success) throw new IssuerProblem("no_oidc");
  // Exactly: what signs ID tokens under another name may be another's provider.
  if (parsed.data.issuer !== issuer) throw new IssuerProblem("mismatch", { found: parsed.data.issuer.slice(0, 200) });
  return parsed.data;
}

/** Asks the provider about itself. @throws IssuerProblem naming what is wrong */
export async function discover({ issuer, clientId, clientSecret }: ProviderClient): Promise<client.Configuration> {
  const metadata = await readMetadata(issuer);
  // The default of Discovery 1.0 §3 where the provider names none.
  const methods = metadata.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_basic") ? client.ClientSecretBasic : client.ClientSecretPost;
  const config = new client.Configuration(
    metadata as client.ServerMetadata,
    clientId,
    clientSecret,
    authentication(clientSecret),
  );
  config[client.customFetch] = fetchSafely;
  config.timeout = timeoutMs / 1000;
  if (allowsPlainHttp()) client.allowInsecureRequests(config);
  return config;
}

/** Five minutes: a provider that changes its keys names the old ones for longer. */
const known = () =>
  processWide("sso-providers", () => new TimedCache<client.Configuration>({ ttlMs: 300_000, max: 1_000 }));

/** The same, at most five minutes old. */
export function providerOf(account: ProviderClient): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = account;
  return known().get(sha256Hex(JSON.stringify([issuer, clientId, clientSecret])), () => discover(account));
}

/**
 * Finds out whether the provider knows our client, by offering it a code that it never gave: a provider looks at the
 * client first (RFC 6749 §5.2: invalid_client), then at the code (invalid_grant).
 *
 * @throws InvalidParam sso_client_refused
 */
export async function checkClient(config: client.Configuration, origin: string): Promise<void> {
  const parameters = { code: "connection-test", redirect_uri: redirectUri(origin), code_verifier: "t".repeat(43) };
  try {
    await client.genericGrantRequest(config, "authorization_code", parameters);
  } catch (error) {
    const isRefused =
      error instanceof client.WWWAuthenticateChallengeError ||
      (error instanceof client.ResponseBodyError && /^(invalid|unauthorized)_client$/.test(error.error));
    if (isRefused) throw new InvalidParam("sso_client_refused", "client_secret");
    if (!(error instanceof client.ResponseBodyError)) throw new IssuerProblem("unreachable");
  }
}
