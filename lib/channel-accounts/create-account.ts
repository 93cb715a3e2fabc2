import { channelAccounts } from "#db/schema/channel-accounts";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { channelNamed } from "#lib/channels/registry";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { InvalidParam } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { type ChannelAccountRow, credentialsContext, forgetAccounts } from "./load-account.ts";

export interface CreateChannelAccount {
  readonly channel: string;
  readonly label: string;
  readonly environment: "simulator" | "sandbox" | "live";
  readonly credentials: Record<string, string>;
  /** All that the channel offers when undefined. */
  readonly methods?: readonly string[];
  readonly priority?: number;
  readonly feeBps?: string;
  readonly feeFixed?: bigint;
}

/**
 * Keeps a merchant's credentials at a provider, sealed. A live account belongs to live mode, the others to test mode.
 *
 * @throws InvalidParam naming the credential at fault, an environment of the other mode, or a method that the channel lacks
 */
export async function createChannelAccount(ctx: Context, input: CreateChannelAccount): Promise<ChannelAccountRow> {
  const channel = channelNamed(input.channel);
  checkEnvironment(ctx, input.environment);
  checkCredentials(input.channel, input.credentials);
  const methods = input.methods ?? methodsOf(input.channel);
  checkMethods(input.channel, methods);

  const row = await ctx.transaction(async (tx) => {
    const id = newId("channelAccount", tx.merchantId, tx.now.getTime());
    const [inserted] = await tx.db
      .insert(channelAccounts)
      .values({
        merchantId: tx.merchantId,
        id,
        livemode: tx.livemode,
        channel: channel.name,
        environment: input.environment,
        label: input.label,
        credentials: seal(env.secretsKeys, JSON.stringify(input.credentials), credentialsContext(id)),
        methods: [...methods],
        ...(input.priority !== undefined && { priority: input.priority }),
        ...(input.feeBps !== undefined && { feeBps: input.feeBps }),
        ...(input.feeFixed !== undefined && { feeFixed: input.feeFixed }),
        createdAt: tx.now,
      })
      .returning();
    if (!inserted) throw new Error("channel account not inserted");
    await recordAudit(tx, "channel_account.create", id, { channel: channel.name, environment: input.environment });
    tx.afterCommit(() => forgetAccounts(tx.merchantId));
    return inserted;
  });
  return row;
}

/** All that a channel offers. */
export function methodsOf(channel: string): string[] {
  return [...new Set(channelNamed(channel).capabilities.map((capability) => capability.method as string))];
}

/** @throws InvalidParam when it belongs to the other mode */
export function checkEnvironment(ctx: Context, environment: CreateChannelAccount["environment"]): void {
  if ((environment === "live") === ctx.livemode) return;
  throw new InvalidParam("environment_of_other_mode", "environment");
}

/** @throws InvalidParam naming the credential at fault */
export function checkCredentials(channel: string, credentials: Record<string, string>): void {
  const parsed = channelNamed(channel).credentials.safeParse(credentials);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path.join(".");
  throw new InvalidParam("credentials_invalid", `credentials.${field ?? ""}`, { problem: issue?.message });
}

/** @throws InvalidParam when the channel lacks one of the methods */
export function checkMethods(channel: string, methods: readonly string[]): void {
  const offered = methodsOf(channel);
  const foreign = methods.find((method) => !offered.includes(method));
  if (foreign) throw new InvalidParam("method_not_of_channel", "methods", { method: foreign });
}
