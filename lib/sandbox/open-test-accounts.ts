import type { Context } from "#db/tenancy";
import { loadAccounts } from "#lib/channel-accounts/load-account";
import { defineJob } from "#lib/jobs/job";
import { env } from "#lib/kernel/env";
import { provisionAccount } from "./provision-account.ts";

/** What a new merchant finds in test mode: one account at each simulated provider, with a usual fee. */
export const testAccounts = [
  { channel: "wechatpay", label: "WeChat Pay (simulator)", feeBps: "60", priority: 10 },
  { channel: "alipay", label: "Alipay (simulator)", feeBps: "60", priority: 20 },
  { channel: "stripe", label: "Cards by Stripe (simulator)", feeBps: "290", feeFixed: 30n, priority: 30 },
] as const;

/** Opens those test accounts that are not there yet; where no simulator runs there is none to open. */
export async function openTestAccounts(ctx: Context): Promise<void> {
  if (!env.simulatorsOn) return;
  const existing = new Set((await loadAccounts(ctx)).map((open) => open.row.channel));
  for (const account of testAccounts) {
    if (!existing.has(account.channel)) await provisionAccount(ctx, account);
  }
}

/** For a sign-up whose process died before the accounts were open. */
export const openTestAccountsJob = defineJob("open_test_accounts", openTestAccounts);
