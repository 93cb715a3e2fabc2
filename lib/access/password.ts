import { hash, verify } from "@node-rs/argon2";
import { randomToken } from "#lib/kernel/ids";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password);
}

/** A hash that no password fits, for somebody who has yet to choose one or may not come back. */
export function unusableHash(): Promise<string> {
  return hashPassword(randomToken(32));
}
