import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "#db/client";
import { operators } from "#db/schema/access";
import { operatorLog } from "#db/schema/operator";
import { keepLink } from "#lib/access/mailed-link";
import { unusableHash } from "#lib/access/password";
import { AppError } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";

/**
 * Makes an administrator from the machine that the product runs on, for a platform that has none. Somebody who is an
 * operator already gets another link and keeps his role.
 *
 * @returns the token of the address at which the person chooses a password
 * @throws AppError operator_exists when the e-mail belongs to an operator who has left
 */
export async function firstOperator(db: Database, input: { name: string; email: string; now: Date }): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const passwordHash = await unusableHash();
  return db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: operators.id })
      .from(operators)
      .where(and(eq(operators.email, email), isNull(operators.endedAt)));
    const id = known?.id ?? newPlatformId("operator", input.now.getTime());
    if (!known) {
      const made = await tx
        .insert(operators)
        .values({ id, email, name: input.name, role: "admin", passwordHash, createdAt: input.now })
        .onConflictDoNothing()
        .returning({ id: operators.id });
      if (made.length === 0) throw new AppError("conflict", "operator_exists", { param: "email" });
    }
    await tx.insert(operatorLog).values({
      operatorId: id,
      verb: known ? "operator.send_password_link" : "operator.add",
      objectId: id,
      change: { from: "command line" },
      requestId: "req_command_line",
      createdAt: input.now,
    });
    return keepLink(tx, "operator_password", email, { operatorId: id }, input.now);
  });
}
