import type { Context } from "#db/tenancy";
import { notifyUrl } from "#lib/attempts/notify-url";
import { type CreateChannelAccount, createChannelAccount } from "#lib/channel-accounts/create-account";
import type { ChannelAccountRow } from "#lib/channel-accounts/load-account";
import { sandbox, simulatorNamed } from "./simulators.ts";

/** Opens an account at a simulated provider and keeps its credentials as the merchant's own test account. */
export async function provisionAccount(
  ctx: Context,
  input: Omit<CreateChannelAccount, "environment" | "credentials">,
): Promise<ChannelAccountRow> {
  const credentials = await simulatorNamed(input.channel).provision({ label: input.label });
  const row = await createChannelAccount(ctx, { ...input, environment: "simulator", credentials });
  await registerNotifications(row, credentials);
  return row;
}

/** What a merchant does once in the provider's console where a payment itself names no address: Stripe. */
export async function registerNotifications(
  row: Pick<ChannelAccountRow, "id" | "channel">,
  credentials: Record<string, string>,
): Promise<void> {
  if (row.channel !== "stripe") return;
  const answer = await sandbox().app.request("/stripe/v1/webhook_endpoints", {
    method: "POST",
    headers: {
      authorization: `Bearer ${credentials.secret_key}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ url: notifyUrl(row.id), "enabled_events[0]": "*" }),
  });
  if (!answer.ok) throw new Error(`the simulator refused the address for notifications: ${await answer.text()}`);
}
