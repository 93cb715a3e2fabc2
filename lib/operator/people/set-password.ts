import { and, eq, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { operatorLog } from "#db/schema/operator";
import { LinkInvalid, refuseWeakPassword } from "#lib/access/errors";
import { takeLink } from "#lib/access/mailed-link";
import { hashPassword } from "#lib/access/password";
import { endSessions } from "#lib/access/sessions";
import { unlockAccount } from "#lib/access/sign-in-limits";
import type { Visitor } from "#lib/access/visitor";
import { systemClock } from "#lib/kernel/clock";

/**
 * Sets an operator's password by a mailed link, and signs the person out everywhere.
 *
 * @throws LinkInvalid, InvalidParam for a weak password; a refused password leaves the link as it was
 */
export async function setOperatorPassword(visitor: Visitor, token: string, password: string): Promise<void> {
  refuseWeakPassword(password, []);
  const passwordHash = await hashPassword(password);
  const now = systemClock.now();
  const { id: operatorId, email } = await operatorDatabase().transaction(async (db) => {
    const link = await takeLink(db, "operator_password", token, now);
    refuseWeakPassword(password, [link.email]);
    const id = link.payload.operatorId ?? "";
    const [row] = await db
      .update(operators)
      .set({ passwordHash })
      .where(and(eq(operators.id, id), isNull(operators.endedAt)))
      .returning({ id: operators.id });
    if (!row) throw new LinkInvalid();
    await db.insert(operatorLog).values({
      operatorId: id,
      verb: "operator.set_password",
      objectId: id,
      requestId: visitor.requestId,
      ip: visitor.ip,
      createdAt: now,
    });
    return { id, email: link.email };
  });
  await endSessions({ realm: "operator", personId: operatorId });
  await unlockAccount({ realm: "operator", email: email.trim().toLowerCase(), ip: visitor.ip });
}
