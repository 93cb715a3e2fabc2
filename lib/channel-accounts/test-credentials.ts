import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { ChannelAccount, Probe } from "#lib/channels/channel";
import { channelNamed } from "#lib/channels/registry";
import { checkCredentials, checkEnvironment } from "./create-account.ts";
import { addressesOf, loadAccount } from "./load-account.ts";

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
  checkCredentials(draft.channel, draft.credentials);
  const account = {
    id: "draft",
    livemode: ctx.livemode,
    credentials: channel.credentials.parse(draft.credentials),
    ...addressesOf(draft.environment, channel),
  };
  return probe(ctx, draft.channel, account, draft.channel);
}

/** Asks the provider whether it still takes an account's credentials. @throws NotFound */
export async function testAccount(ctx: Context, id: string): Promise<Probe> {
  const { row, account } = await loadAccount(ctx, id);
  return probe(ctx, row.channel, account, id);
}

async function probe(ctx: Context, channel: string, account: ChannelAccount, objectId: string): Promise<Probe> {
  const options = { now: ctx.now, requestId: ctx.requestId, timeoutMs: probeTimeoutMs };
  const outcome = await channelNamed(channel).probe(account, options);
  await ctx.transaction((tx) => recordAudit(tx, "channel_account.test", objectId, { channel, result: outcome.kind }));
  return outcome;
}
