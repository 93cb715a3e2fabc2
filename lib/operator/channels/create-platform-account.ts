import { platformChannelAccounts } from "#db/schema/platform-channel-accounts";
import { checkCredentials, checkMethods, methodsOf } from "#lib/channel-accounts/create-account";
import {
  openPlatformAccount,
  type PlatformAccountRow,
  platformCredentialsContext,
} from "#lib/channel-accounts/platform-account";
import { channelNamed } from "#lib/channels/registry";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { InvalidParam } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { registerNotifications } from "#lib/sandbox/provision-account";
import { simulatorNamed } from "#lib/sandbox/simulators";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";

export interface NewPlatformAccount {
  readonly channel: string;
  readonly environment: "simulator" | "sandbox" | "live";
  readonly label: string;
  /** A simulated account makes its own. */
  readonly credentials?: Record<string, string> | undefined;
  /** All that the channel offers when undefined. */
  readonly methods?: readonly string[] | undefined;
}

/**
 * Keeps credentials of the platform's own at a provider, sealed, to be lent to merchants. A simulated account is opened
 * at the simulator, which is told where to report to.
 *
 * @throws InvalidParam naming the field at fault, NotFound when there is no such channel
 */
export async function createPlatformAccount(
  octx: OperatorContext,
  input: NewPlatformAccount,
): Promise<PlatformAccountRow> {
  const channel = channelNamed(input.channel);
  const methods = input.methods ?? methodsOf(channel.name);
  checkMethods(channel.name, methods);
  const credentials = await credentialsFor(input);
  checkCredentials(channel.name, credentials);

  const id = newPlatformId("platformAccount", octx.now.getTime());
  const row: PlatformAccountRow = {
    id,
    livemode: input.environment === "live",
    channel: channel.name,
    environment: input.environment,
    label: input.label,
    status: "enabled",
    credentials: seal(env.secretsKeys, JSON.stringify(credentials), platformCredentialsContext(id)),
    expiresAt: null,
    methods: [...methods],
    createdAt: octx.now,
    updatedAt: null,
  };
  row.expiresAt = expiryOf(row);
  // Before anybody can be lent it: an account whose provider does not know where to report to would lose payments.
  if (input.environment === "simulator") await registerNotifications(row, credentials);
  await octx.transaction(async (tx) => {
    await tx.db.insert(platformChannelAccounts).values(row);
    const { channel: name, environment, label } = row;
    await recordDeed(tx, {
      verb: "platform_account.create",
      objectId: id,
      change: { after: { channel: name, environment, label, methods } },
    });
  });
  return row;
}

/** When the provider stops taking the credentials; null when they name no end. */
export function expiryOf(row: PlatformAccountRow): Date | null {
  const { channel, account } = openPlatformAccount(row);
  return channel.credentialsExpireAt?.(account) ?? null;
}

async function credentialsFor(input: NewPlatformAccount): Promise<Record<string, string>> {
  const { environment, credentials, channel, label } = input;
  if (environment === "simulator") {
    if (credentials) throw new InvalidParam("unknown_field", "credentials", { field: "credentials" });
    return simulatorNamed(channel).provision({ label });
  }
  if (!credentials) throw new InvalidParam("missing_field", "credentials", { field: "credentials" });
  return credentials;
}
