import { sql } from "drizzle-orm";
import type { Context } from "#db/tenancy";

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** A password sign-in asks for a code too. */
  readonly hasSecondFactor: boolean;
  readonly hasPasskey: boolean;
  readonly joinedAt: Date;
  readonly lastSeenAt: Date | undefined;
}

/** The merchant's people, those who joined first on top. */
export async function listMembers(ctx: Context): Promise<Member[]> {
  const rows = await ctx.transaction((tx) =>
    tx.db.execute<{
      id: string;
      name: string;
      email: string;
      role: string;
      has_second_factor: boolean;
      has_passkey: boolean;
      created_at: string;
      last_seen_at: string | null;
    }>(sql`
      select p.id, p.name, p.email, m.role, p.has_second_factor,
        p.id in (select h.id from internal.team_passkey_holders() h) as has_passkey, m.created_at, p.last_seen_at
      from memberships m join internal.team_people() p on p.id = m.user_id
      where m.merchant_id = ${tx.merchantId} order by m.created_at, p.id`),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    hasSecondFactor: row.has_second_factor,
    hasPasskey: row.has_passkey,
    joinedAt: new Date(row.created_at),
    lastSeenAt: row.last_seen_at ? new Date(row.last_seen_at) : undefined,
  }));
}
