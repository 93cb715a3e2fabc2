import { asc, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { systemClock } from "#lib/kernel/clock";
import { hasSecondFactor } from "../find-operator.ts";
import type { OperatorRole } from "../permissions.ts";

export interface OperatorEntry {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** Sessions that go on. */
  readonly sessions: number;
  readonly lastSeenAt: Date | undefined;
  readonly hasSecondFactor: boolean;
}

interface Seen extends Record<string, unknown> {
  readonly person_id: string;
  readonly open: string;
  readonly last_seen_at: string | null;
}

/** The platform's staff, by name; those who have left at the end. */
export async function listOperators(): Promise<OperatorEntry[]> {
  const db = operatorDatabase();
  const [rows, seen] = await Promise.all([
    db
      .select({
        id: operators.id,
        name: operators.name,
        email: operators.email,
        role: operators.role,
        createdAt: operators.createdAt,
        endedAt: operators.endedAt,
        hasSecondFactor: hasSecondFactor(),
      })
      .from(operators)
      .orderBy(sql`${operators.endedAt} is not null`, asc(operators.name)),
    db.execute<Seen>(sql`select * from internal.operator_presence(${systemClock.now().toISOString()}::timestamptz)`),
  ]);
  const byPerson = new Map(seen.map((row) => [row.person_id, row]));
  return rows.map((row) => {
    const presence = byPerson.get(row.id);
    return {
      ...row,
      sessions: Number(presence?.open ?? 0),
      lastSeenAt: presence?.last_seen_at ? new Date(presence.last_seen_at) : undefined,
    };
  });
}
