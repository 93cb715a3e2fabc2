import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { ChannelAccount, Probe } from "#lib/channels/channel";
import { channelNamed } from "#lib/channels/registry";
import { AppError } from "#lib/kernel/errors";
import { addressesOf } from "./addresses.ts";
import { checkCredentials, checkEnvironment } from "./create-account.ts";
import { loadAccount } from "./load-account.ts";

/** The person waits for the answer with a form open. */
const probeTimeoutMs = 8_000;

export interface CredentialsDraft {
  readonly channel: string;
  readonly environment: "sandbox" | "live";
  readonly credentials: Record<string, string>;
}

/** Asks the provider whether it takes credentials that are not kept yet. @throws InvalidParam, NotFound */
export async function testDraft(ctx: Context, draft: CredentialsDraft): Promise<Probe> {
  const channel = channelNamed(draft.channel);
  checkEnvironment(ctx, draft.environment);
  return probe(ctx, draft.channel, draftAccount(draft), channel.name);
}

/** An account of credentials that are not kept yet. @throws InvalidParam naming the credential at fault */
export function draftAccount({ channel: name, environment, credentials }: CredentialsDraft): ChannelAccount {
  const channel = channelNamed(name);
  checkCredentials(name, credentials);
  return {
    id: "draft",
    livemode: environment === "live",
    credentials: channel.credentials.parse(credentials),
    ...addressesOf(environment, channel),
  };
}

/** Asks the provider whether it still takes an account's credentials. @throws NotFound, AppError account_of_platform */
export async function testAccount(ctx: Context, id: string): Promise<Probe> {
  const { row, lender, account } = await loadAccount(ctx, id);
  if (lender) throw new AppError("conflict", "account_of_platform");
  return probe(ctx, row.channel, account, id);
}

/** Makes the one call that moves nothing. */
export function probeAccount(
  channel: string,
  account: ChannelAccount,
  call: { readonly now: Date; readonly requestId: string },
): Promise<Probe> {
  const { now, requestId } = call;
  return channelNamed(channel).probe(account, { now, requestId, timeoutMs: probeTimeoutMs });
}

async function probe(ctx: Context, channel: string, account: ChannelAccount, objectId: string): Promise<Probe> {
  const outcome = await probeAccount(channel, account, ctx);
  await ctx.transaction((tx) => recordAudit(tx, "channel_account.test", objectId, { channel, result: outcome.kind }));
  return outcome;
}
