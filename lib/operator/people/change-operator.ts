import { and, count, eq, isNull, ne } from "drizzle-orm";
import { operators } from "#db/schema/access";
import { keepLink } from "#lib/access/mailed-link";
import { unusableHash } from "#lib/access/password";
import { endSessions } from "#lib/access/sessions";
import { forgetSecondFactor } from "#lib/access/totp";
import { env } from "#lib/kernel/env";
import { AppError, NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { queueMail } from "#lib/mail/queue-mail";
import type { OperatorContext, OperatorTx } from "../context.ts";
import { forgetOperator } from "../find-operator.ts";
import type { OperatorRole } from "../permissions.ts";
import { recordDeed } from "../record.ts";

type Row = typeof operators.$inferSelect;

/** Nobody's role is changed by himself, so that there is always somebody else who agreed. */
class OwnAccount extends AppError {
  constructor() {
    super("forbidden", "operator_self");
  }
}

/**
 * Adds a colleague, who chooses a password by a mailed link. Somebody who had left comes back under the same id.
 *
 * @throws AppError operator_exists
 */
export async function addOperator(
  octx: OperatorContext,
  input: { name: string; email: string; role: OperatorRole },
): Promise<{ readonly id: string }> {
  const email = input.email.trim().toLowerCase();
  const passwordHash = await unusableHash();
  return octx.transaction(async (tx) => {
    const [known] = await tx.db.select().from(operators).where(eq(operators.email, email)).for("update");
    if (known && !known.endedAt) throw new AppError("conflict", "operator_exists", { param: "email" });
    const id = known?.id ?? newPlatformId("operator", tx.now.getTime());
    const values = { name: input.name.trim(), role: input.role, passwordHash, endedAt: null };
    if (known) await tx.db.update(operators).set(values).where(eq(operators.id, id));
    else {
      const made = await tx.db
        .insert(operators)
        .values({ id, email, ...values, createdAt: tx.now })
        .onConflictDoNothing()
        .returning({ id: operators.id });
      if (made.length === 0) throw new AppError("conflict", "operator_exists", { param: "email" });
    }
    await mailPasswordLink(tx, { id, email, name: values.name });
    await recordDeed(tx, { verb: "operator.add", objectId: id, change: { after: { email, role: input.role } } });
    forgetOperator(id);
    return { id };
  });
}

/** Gives a colleague another role; it counts within seconds. @throws NotFound, OwnAccount, AppError last_operator_admin */
export async function changeOperatorRole(octx: OperatorContext, id: string, role: OperatorRole): Promise<void> {
  await octx.transaction(async (tx) => {
    const row = await lockColleague(tx, id);
    if (row.role === role) return;
    if (row.role === "admin") await refuseLastAdmin(tx, id);
    await tx.db.update(operators).set({ role }).where(eq(operators.id, id));
    await recordDeed(tx, {
      verb: "operator.change_role",
      objectId: id,
      change: { before: { role: row.role }, after: { role } },
    });
  });
  forgetOperator(id);
}

/** A colleague leaves: signed out everywhere at once; the log still names him. @throws as changeOperatorRole */
export async function endOperator(octx: OperatorContext, id: string): Promise<void> {
  const passwordHash = await unusableHash();
  await octx.transaction(async (tx) => {
    const row = await lockColleague(tx, id);
    if (row.role === "admin") await refuseLastAdmin(tx, id);
    await tx.db.update(operators).set({ endedAt: tx.now, passwordHash }).where(eq(operators.id, id));
    await forgetSecondFactor(tx.db, { realm: "operator", id });
    await recordDeed(tx, { verb: "operator.end", objectId: id });
  });
  await endSessions({ realm: "operator", personId: id });
  forgetOperator(id);
}

/** Signs a colleague, or oneself elsewhere, out of every browser. @returns how many sessions went on */
export async function signOutOperator(octx: OperatorContext, id: string): Promise<number> {
  await octx.transaction(async (tx) => {
    const [row] = await tx.db.select({ id: operators.id }).from(operators).where(eq(operators.id, id));
    if (!row) throw new NotFound("operator");
    await recordDeed(tx, { verb: "operator.sign_out", objectId: id });
  });
  const isSelf = id === octx.operator.id;
  return endSessions({ realm: "operator", personId: id, ...(isSelf && { keep: octx.sessionId }) });
}

/** Mails a link to choose a new password; the old one and the sessions go on until it is used. @throws NotFound */
export async function sendPasswordLink(octx: OperatorContext, id: string): Promise<void> {
  await octx.transaction(async (tx) => {
    const [row] = await tx.db
      .select()
      .from(operators)
      .where(and(eq(operators.id, id), isNull(operators.endedAt)));
    if (!row) throw new NotFound("operator");
    await mailPasswordLink(tx, row);
    await recordDeed(tx, { verb: "operator.send_password_link", objectId: id });
  });
}

async function mailPasswordLink(tx: OperatorTx, who: Pick<Row, "id" | "email" | "name">): Promise<void> {
  const token = await keepLink(tx.db, "operator_password", who.email, { operatorId: who.id }, tx.now);
  await queueMail(tx.db, {
    kind: "operator_password",
    to: who.email,
    locale: tx.octx.locale,
    values: {
      name: who.name,
      by: tx.octx.operator.name,
      link: `${env.publicUrl}/console/password?token=${token}`,
    },
  });
}

/** @throws NotFound also for one who has left, OwnAccount */
export async function lockColleague(tx: OperatorTx, id: string): Promise<Row> {
  if (id === tx.octx.operator.id) throw new OwnAccount();
  const [row] = await tx.db
    .select()
    .from(operators)
    .where(and(eq(operators.id, id), isNull(operators.endedAt)))
    .for("update");
  if (!row) throw new NotFound("operator");
  return row;
}

/** Somebody must stay who may add colleagues. */
async function refuseLastAdmin(tx: OperatorTx, leaving: string): Promise<void> {
  const [others] = await tx.db
    .select({ count: count() })
    .from(operators)
    .where(and(eq(operators.role, "admin"), isNull(operators.endedAt), ne(operators.id, leaving)));
  if (!others?.count) throw new AppError("conflict", "last_operator_admin");
}
