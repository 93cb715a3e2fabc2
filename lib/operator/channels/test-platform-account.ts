import { loadPlatformAccount, openPlatformAccount } from "#lib/channel-accounts/platform-account";
import { type CredentialsDraft, draftAccount, probeAccount } from "#lib/channel-accounts/test-credentials";
import type { ChannelAccount, Probe } from "#lib/channels/channel";
import { channelNamed } from "#lib/channels/registry";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";

/** Asks the provider whether it takes credentials that are not kept yet. @throws InvalidParam, NotFound */
export async function testPlatformDraft(octx: OperatorContext, draft: CredentialsDraft): Promise<Probe> {
  const { name } = channelNamed(draft.channel);
  return probe(octx, name, draftAccount(draft), name);
}

/** Asks the provider whether it still takes the account's credentials. @throws NotFound */
export async function testPlatformAccount(octx: OperatorContext, id: string): Promise<Probe> {
  const { channel, account } = openPlatformAccount(await loadPlatformAccount(id));
  return probe(octx, channel.name, account, id);
}

async function probe(
  octx: OperatorContext,
  channel: string,
  account: ChannelAccount,
  objectId: string,
): Promise<Probe> {
  const outcome = await probeAccount(channel, account, octx);
  const change = { channel, result: outcome.kind };
  await octx.transaction((tx) => recordDeed(tx, { verb: "platform_account.test", objectId, change }));
  return outcome;
}
