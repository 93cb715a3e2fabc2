import { sql } from "drizzle-orm";
import { sha256Hex } from "#lib/kernel/crypto";
import { randomToken } from "#lib/kernel/ids";
import { LinkInvalid } from "./errors.ts";
import type { Executor } from "./people.ts";

/** `operator_password` is for somebody who begins as an operator, or an operator who forgot it. */
export type LinkKind = "sign_up" | "password_reset" | "operator_password";

/** 32 characters of five bits: 160 random bits. */
const tokenLength = 32;

const hourMs = 3_600_000;
const lifeMs: Record<LinkKind, number> = {
  sign_up: 24 * hourMs,
  password_reset: hourMs,
  operator_password: 24 * hourMs,
};

/** Makes the token of a new link. Only its hash is kept, so that a copy of the database opens nothing. */
export async function keepLink(
  db: Executor,
  kind: LinkKind,
  email: string,
  payload: Record<string, string>,
  now: Date,
): Promise<string> {
  const token = randomToken(tokenLength);
  const until = new Date(now.getTime() + lifeMs[kind]).toISOString();
  await db.execute(
    sql`select internal.keep_link(${sha256Hex(token)}, ${kind}, ${email}, ${JSON.stringify(payload)}::jsonb, ${now.toISOString()}::timestamptz, ${until}::timestamptz)`,
  );
  return token;
}

/** Uses a link up within the caller's transaction. @throws LinkInvalid */
export async function takeLink(
  db: Executor,
  kind: LinkKind,
  token: string,
  now: Date,
): Promise<{ email: string; payload: Record<string, string> }> {
  const [row] = await db.execute<{ email: string; payload: Record<string, string> }>(
    sql`select email, payload from internal.take_link(${sha256Hex(token)}, ${kind}, ${now.toISOString()}::timestamptz)`,
  );
  if (!row) throw new LinkInvalid();
  return row;
}
