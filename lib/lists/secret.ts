import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";

/** What the secret is bound to when sealed. */
export function listSecretContext(id: string): string {
  return `list_secrets:${id}`;
}

const known = processWide("list-secret", (): { secret?: Promise<Buffer> } => ({}));

/** The secret under which listed values are hashed; made by whoever needs it first. It never changes. */
export function listSecret(): Promise<Buffer> {
  known.secret ??= load().catch((error: unknown) => {
    delete known.secret;
    throw error;
  });
  return known.secret;
}

async function load(): Promise<Buffer> {
  const offered = seal(env.secretsKeys, randomBytes(32).toString("base64"), listSecretContext("values"));
  const [row] = await appDatabase().execute<{ sealed: string }>(
    sql`select internal.keep_list_secret(${offered}, ${new Date().toISOString()}::timestamptz) as sealed`,
  );
  return Buffer.from(unseal(env.secretsKeys, row?.sealed ?? "", listSecretContext("values")), "base64");
}
