import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { seal, sha256Hex, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { ceremonySeconds } from "./browser.ts";

export type ChallengeKind = "passkey_add" | "passkey_sign_in" | "sso";

export interface Challenge {
  readonly kind: ChallengeKind;
  /** Unguessable text that has to come back. */
  readonly text: string;
  /** What only this browser knows: its cookie's secret, or its session. */
  readonly browser: string;
}

export const challengeContext = (hash: string) => `challenge:${hash}`;

/** Remembers what a browser was given, and with it whatever is needed when it comes back within ten minutes. */
export async function keepChallenge(challenge: Challenge, payload: Record<string, string> = {}): Promise<void> {
  const { kind, text, browser } = challenge;
  const hash = sha256Hex(text);
  const now = systemClock.now();
  const until = new Date(now.getTime() + ceremonySeconds * 1000);
  const sealed = seal(env.secretsKeys, JSON.stringify(payload), challengeContext(hash));
  await appDatabase().execute(
    sql`select internal.keep_challenge(${hash}, ${kind}, ${sha256Hex(browser)}, ${sealed}, ${now.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz)`,
  );
}

/** Uses a challenge up. @returns undefined when it never was, was used, is too old or belongs to another browser */
export async function takeChallenge(challenge: Challenge): Promise<Record<string, string> | undefined> {
  const { kind, text, browser } = challenge;
  const hash = sha256Hex(text);
  const [row] = await appDatabase().execute<{ sealed: string }>(
    sql`select sealed from internal.take_challenge(${hash}, ${kind}, ${sha256Hex(browser)}, ${systemClock.now().toISOString()}::timestamptz)`,
  );
  return row && (JSON.parse(unseal(env.secretsKeys, row.sealed, challengeContext(hash))) as Record<string, string>);
}
