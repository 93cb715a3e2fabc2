import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { sha256Hex } from "#lib/kernel/crypto";

/** So much in so long, counted in the database: one limit for all web processes. */
export interface SharedLimit {
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
  /** How long the use that reaches the most keeps further ones out; without it, until the window ends. */
  readonly holdMs?: number;
}

export interface Use {
  /** Of this one with those before. */
  readonly used: number;
  /** To wait, when there were too many. */
  readonly seconds: number | undefined;
}

const hashOf = (limit: SharedLimit, subject: string) => sha256Hex(`${limit.name}\n${subject}`);

/** Counts one more use, also of a limit that is used up. @param subject whom it is counted for */
export async function countUse(limit: SharedLimit, subject: string): Promise<Use> {
  const now = systemClock.now();
  const [row] = await appDatabase().execute<{ used: number; ends_at: string }>(
    sql`select used, ends_at from internal.count_use(${hashOf(limit, subject)}, ${now.toISOString()}::timestamptz,
      ${limit.windowMs}::bigint, ${limit.most}::int, ${limit.holdMs ?? null}::bigint)`,
  );
  const used = row?.used ?? 1;
  const leftMs = new Date(row?.ends_at ?? now).getTime() - now.getTime();
  return { used, seconds: used > limit.most ? Math.max(1, Math.ceil(leftMs / 1000)) : undefined };
}

/** The use was none after all. */
export async function giveBackUse(limit: SharedLimit, subject: string): Promise<void> {
  await appDatabase().execute(sql`select internal.give_back_use(${hashOf(limit, subject)})`);
}

/** Nothing that was counted for this one counts any more. */
export async function forgetUses(limit: SharedLimit, subject: string): Promise<void> {
  await appDatabase().execute(sql`select internal.forget_uses(${hashOf(limit, subject)})`);
}
