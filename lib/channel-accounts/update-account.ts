import { and, eq } from "drizzle-orm";
import { channelAccounts } from "#db/schema/channel-accounts";
import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError, InvalidParam, NotFound } from "#lib/kernel/errors";
import { checkCredentials, checkMethods } from "./create-account.ts";
import {
  type ChannelAccountRow,
  credentialsContext,
  forgetAccounts,
  keptCredentials,
  type OpenAccount,
  openAccount,
} from "./load-account.ts";
import type { PlatformAccountRow } from "./platform-account.ts";

export interface UpdateChannelAccount {
  readonly label?: string | undefined;
  readonly status?: "enabled" | "disabled" | undefined;
  readonly methods?: readonly string[] | undefined;
  readonly priority?: number | undefined;
  /** Those that are replaced; the others stay. */
  readonly credentials?: Record<string, string> | undefined;
}

/**
 * Changes what is given; the audit log keeps before and after, credentials left out. What the platform lends can be
 * switched, ordered, named and narrowed, and is otherwise the platform's.
 *
 * @throws NotFound, InvalidParam, AppError account_taken_back
 */
export async function updateChannelAccount(
  ctx: Context,
  id: string,
  input: UpdateChannelAccount,
): Promise<OpenAccount> {
  return ctx.transaction(async (tx) => {
    const own = and(
      eq(channelAccounts.merchantId, tx.merchantId),
      eq(channelAccounts.id, id),
      eq(channelAccounts.livemode, tx.livemode),
    );
    const [before] = await tx.db.select().from(channelAccounts).where(own).for("update");
    if (!before) throw new NotFound("channel_account");
    if (before.platformAccount) requireWithinLoan(before, input);
    const replaced = input.credentials && { ...keptCredentials(before), ...input.credentials };
    if (replaced) checkCredentials(before.channel, replaced);
    if (input.methods) checkMethods(before.channel, input.methods);
    const [row] = await tx.db
      .update(channelAccounts)
      .set({
        ...(input.label !== undefined && { label: input.label }),
        ...(input.status !== undefined && { status: input.status }),
        ...(input.methods !== undefined && { methods: [...input.methods] }),
        ...(input.priority !== undefined && { priority: input.priority }),
        ...(replaced && {
          credentials: seal(env.secretsKeys, JSON.stringify(replaced), credentialsContext(id)),
          expiryWarnedDays: null,
        }),
        updatedAt: tx.now,
      })
      .where(own)
      .returning();
    if (!row) throw new NotFound("channel_account");
    const { credentials, ...change } = input;
    const was = { label: before.label, status: before.status, methods: before.methods, priority: before.priority };
    await recordAudit(tx, "channel_account.update", id, {
      before: was,
      change,
      credentialsReplaced: Object.keys(credentials ?? {}),
    });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return openAccount(row, await lenderOf(tx, row));
  });
}

function requireWithinLoan({ lentMethods, takenBackAt }: ChannelAccountRow, input: UpdateChannelAccount): void {
  if (input.credentials) throw new InvalidParam("credentials_of_platform", "credentials");
  const foreign = input.methods?.find((method) => !lentMethods?.includes(method));
  if (foreign) throw new InvalidParam("method_not_lent", "methods", { method: foreign });
  if (takenBackAt && input.status === "enabled") {
    throw new AppError("conflict", "account_taken_back", { param: "status" });
  }
}

async function lenderOf(tx: Tx, { platformAccount }: ChannelAccountRow): Promise<PlatformAccountRow | undefined> {
  if (!platformAccount) return undefined;
  const isIt = eq(platformChannelAccounts.id, platformAccount);
  const [lender] = await tx.db.select().from(platformChannelAccounts).where(isIt);
  return lender;
}
