import { sql } from "drizzle-orm";
import { createApiKey } from "#lib/api-keys/create-key";
import { crossBorder } from "#lib/demo/cross-border";
import { historyDays } from "#lib/demo/history-days";
import type { Profile } from "#lib/demo/profile";
import { retail } from "#lib/demo/retail";
import { newMerchantId } from "#lib/kernel/ids";
import { testAccounts } from "#lib/sandbox/open-test-accounts";
import { provisionAccount } from "#lib/sandbox/provision-account";
import type { Database } from "../client.ts";
import { memberships } from "../schema/access.ts";
import { type Branding, merchants } from "../schema/merchants.ts";
import { openContext } from "../tenancy.ts";

interface Shop {
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly branding: Branding;
  readonly profile: Profile;
}

const dayMs = 86_400_000;
/** Of both shops, all year. */
const aheadOfUtcMs = 8 * 3_600_000;

const shops: readonly Shop[] = [
  {
    name: "Muguang Living 沐光生活",
    country: "CN",
    timeZone: "Asia/Shanghai",
    branding: { displayName: "沐光生活", color: "#B45309", supportEmail: "care@muguang.example" },
    profile: retail,
  },
  {
    name: "Northbound Outfitters Ltd.",
    country: "HK",
    timeZone: "Asia/Hong_Kong",
    branding: { displayName: "Northbound Outfitters", color: "#1D4ED8", supportEmail: "help@northbound.example" },
    profile: crossBorder,
  },
];

/**
 * Two shops for the dashboards: one sells in China, one to the world. Their test clocks stand three months back; the
 * server lives through that time when it runs (lib/demo).
 *
 * @param ownerId who may look at them
 * @param done is called in the transaction that makes the shops visible
 */
export async function makeDemoMerchants(
  owner: Database,
  app: Database,
  ownerId: string,
  done: (db: Pick<Database, "execute">, shops: readonly string[]) => PromiseLike<unknown>,
): Promise<void> {
  const made: { merchantId: string; from: number }[] = [];
  for (const shop of shops) made.push(await makeShop(owner, app, shop));
  // Last and together: what was cut off halfway has no member, no past, and is made anew.
  await owner.transaction(async (db) => {
    for (const { merchantId, from } of made) {
      await db.insert(memberships).values({ merchantId, userId: ownerId, role: "owner", createdAt: new Date(from) });
      await db.execute(sql`
        update merchants set test_clock_offset_ms = ${from - Date.now()}, test_clock_moved_at = clock_timestamp()
        where merchant_id = ${merchantId}`);
    }
    await done(
      db,
      made.map(({ merchantId }) => merchantId),
    );
  });
}

async function makeShop(owner: Database, app: Database, shop: Shop): Promise<{ merchantId: string; from: number }> {
  const merchantId = newMerchantId();
  const from = Math.floor((Date.now() + aheadOfUtcMs) / dayMs - historyDays) * dayMs - aheadOfUtcMs;
  const { name, country, timeZone, branding, profile } = shop;
  await owner.insert(merchants).values({
    merchantId,
    name,
    country,
    timeZone,
    liveStatus: "approved",
    branding,
    settings: { latePayment: "refund", orderLifetimeMinutes: profile.lifetimeMinutes, feeReturnedOnRefund: true },
    createdAt: new Date(from),
  });
  const actor = { type: "system", id: "demo" } as const;
  const testOffsetMs = from - Date.now();
  const ctx = openContext({ merchantId, livemode: false, actor, requestId: "req_demo_seed", testOffsetMs, db: app });
  for (const account of testAccounts) await provisionAccount(ctx, account);
  await createApiKey(ctx, { kind: "secret", label: "Shop server" });
  return { merchantId, from };
}
