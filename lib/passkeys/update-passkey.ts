import { sql } from "drizzle-orm";
import { withPersonAudit } from "#lib/access/people";
import type { Visitor } from "#lib/access/visitor";
import { NotFound } from "#lib/kernel/errors";

/** Gives one of a person's passkeys another name. @throws NotFound also for somebody else's */
export async function renamePasskey(visitor: Visitor, userId: string, id: string, name: string): Promise<void> {
  await withPersonAudit({ id: userId, by: visitor }, "passkey.rename", async (db) => {
    const [row] = await db.execute<{ renamed: boolean }>(
      sql`select internal.rename_passkey(${userId}, ${id}, ${name}) as renamed`,
    );
    if (!row?.renamed) throw new NotFound("passkey");
  });
}

/** Forgets one of a person's passkeys; from now on it opens nothing. @throws NotFound also for somebody else's */
export async function removePasskey(visitor: Visitor, userId: string, id: string): Promise<void> {
  await withPersonAudit({ id: userId, by: visitor }, "passkey.remove", async (db) => {
    const rows = await db.execute(sql`select name from internal.remove_passkey(${userId}, ${id})`);
    if (rows.length === 0) throw new NotFound("passkey");
  });
}
