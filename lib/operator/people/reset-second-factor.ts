import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "#db/client";
import { operators } from "#db/schema/access";
import { operatorLog } from "#db/schema/operator";
import { type Executor, loadPerson } from "#lib/access/people";
import { endSessions } from "#lib/access/sessions";
import { forgetSecondFactor } from "#lib/access/totp";
import { env } from "#lib/kernel/env";
import { AppError, NotFound } from "#lib/kernel/errors";
import { queueMail } from "#lib/mail/queue-mail";
import type { OperatorContext } from "../context.ts";
import { forgetOperator } from "../find-operator.ts";
import { recordDeed } from "../record.ts";
import { lockColleague } from "./change-operator.ts";

/**
 * Takes a colleague's second factor away, for one whose phone is lost: signed out everywhere, told by mail, and let in
 * by the password until a new one is set up.
 *
 * @throws NotFound, OwnAccount, AppError totp_off
 */
export async function resetSecondFactor(octx: OperatorContext, id: string, reason: string): Promise<void> {
  await octx.transaction(async (tx) => {
    const { email, name } = await lockColleague(tx, id);
    await takeAway(tx.db, id);
    await queueMail(tx.db, {
      kind: "operator_factor_off",
      to: email,
      locale: octx.locale,
      values: { name, by: octx.operator.name, link: `${env.publicUrl}/console/account` },
    });
    await recordDeed(tx, { verb: "operator.reset_second_factor", objectId: id, change: { reason } });
  });
  forgetOperator(id);
}

/**
 * The same from the machine that the product runs on, for the last administrator.
 *
 * @throws NotFound, AppError totp_off
 */
export async function resetSecondFactorLocally(db: Database, input: { email: string; now: Date }): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ id: operators.id })
      .from(operators)
      .where(and(eq(operators.email, input.email.trim().toLowerCase()), isNull(operators.endedAt)));
    if (!row) throw new NotFound("operator", "email");
    await takeAway(tx, row.id);
    await tx.insert(operatorLog).values({
      operatorId: row.id,
      verb: "operator.reset_second_factor",
      objectId: row.id,
      change: { from: "command line" },
      requestId: "req_command_line",
      createdAt: input.now,
    });
  });
}

async function takeAway(db: Executor, id: string): Promise<void> {
  const who = { realm: "operator", id } as const;
  if (!(await loadPerson(who, db))?.totp_on) throw new AppError("conflict", "totp_off");
  await forgetSecondFactor(db, who);
  await endSessions({ realm: "operator", personId: id }, db);
}
