import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";

export interface Passkey {
  readonly id: string;
  readonly credentialId: string;
  readonly transports: readonly string[];
  /** Kept by a password manager, and so on more than one device. */
  readonly isSynced: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly credential_id: string;
  readonly transports: readonly string[];
  readonly is_synced: boolean;
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

/** A person's passkeys, the oldest first. */
export async function listPasskeys(userId: string): Promise<Passkey[]> {
  const rows = await appDatabase().execute<Row>(sql`select * from internal.passkeys_of(${userId})`);
  return rows.map((row) => ({
    id: row.id,
    credentialId: row.credential_id,
    transports: row.transports,
    isSynced: row.is_synced,
    name: row.name,
    createdAt: new Date(row.created_at),
    lastUsedAt: row.last_used_at === null ? undefined : new Date(row.last_used_at),
  }));
}
