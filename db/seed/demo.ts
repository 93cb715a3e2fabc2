import { eq, sql } from "drizzle-orm";
import { hashPassword } from "#lib/access/password";
import { createApiKey } from "#lib/api-keys/create-key";
import { loadAccounts } from "#lib/channel-accounts/load-account";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { newMerchantId, newPlatformId, randomToken } from "#lib/kernel/ids";
import { provisionAccount, registerNotifications } from "#lib/sandbox/provision-account";
import { connect, type Database } from "../client.ts";
import { memberships, operators, users } from "../schema/access.ts";
import { merchants } from "../schema/merchants.ts";
import { openContext } from "../tenancy.ts";
import { makeDemoMerchants } from "./demo-merchants.ts";

export interface Demo {
  readonly merchantEmail: string;
  readonly merchantPassword: string;
  readonly operatorEmail: string;
  readonly operatorPassword: string;
  readonly testKey: string;
  readonly publishableKey: string;
  /** The merchants with three months of business, once they are there. */
  readonly shops?: readonly string[];
}

export interface SeedInput {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly simulatorUrl: string;
  readonly publicUrl: string;
  /** Adds two shops whose past the server then makes. */
  readonly withShops?: boolean;
}

const merchantEmail = "demo@globalpaylink.example";
const operatorEmail = "operator@globalpaylink.example";

/**
 * A merchant to try the product with: an account at each simulated provider, test keys, two people who can sign in.
 * The second time it only reads what the first made; the secrets that it hands out are kept sealed beside the rest.
 */
export async function seedDemo(input: SeedInput): Promise<Demo> {
  const owner = connect(input.ownerUrl, { max: 1, applicationName: "globalpaylink-seed", timeoutMs: 60_000 });
  const app = connect(input.appUrl, { max: 2, applicationName: "globalpaylink-seed", timeoutMs: 60_000 });
  try {
    // Two processes that start at once must not both make a demo: a lock of this one connection.
    await owner.db.execute(sql`select pg_advisory_lock(hashtextextended('globalpaylink:seed', 0))`);
    await owner.db.execute(sql`create table if not exists internal.demo (sealed text not null)`);
    const [kept] = await owner.db.execute<{ sealed: string }>(sql`select sealed from internal.demo`);
    const demo = kept
      ? (JSON.parse(unseal(env.secretsKeys, kept.sealed, "demo")) as Demo)
      : await makeDemo(owner.db, app.db);
    if (kept) await refreshNotifications(app.db, demo);
    return input.withShops && !demo.shops ? await addShops(owner.db, app.db, demo) : demo;
  } finally {
    await Promise.all([owner.client.end(), app.client.end()]);
  }
}

async function addShops(owner: Database, app: Database, demo: Demo): Promise<Demo> {
  const [user] = await owner.select({ id: users.id }).from(users).where(eq(users.email, demo.merchantEmail));
  if (!user) return demo;
  let whole = demo;
  await makeDemoMerchants(owner, app, user.id, (db, shops) => {
    whole = { ...demo, shops };
    return db.execute(sql`update internal.demo set sealed = ${seal(env.secretsKeys, JSON.stringify(whole), "demo")}`);
  });
  return whole;
}

/** A small shop sign, so that the checkout has a logo to show. */
const logo =
  "data:image/svg+xml;utf8,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'%3E%3Crect width='48' height='48' rx='12' fill='%230F766E'/%3E%3Cpath d='M14 20h20l-2 15H16zM18 20a6 6 0 0 1 12 0' fill='none' stroke='white' stroke-width='3' stroke-linejoin='round'/%3E%3C/svg%3E";

async function makeDemo(owner: Database, app: Database): Promise<Demo> {
  const merchantId = newMerchantId();
  const now = new Date();
  const merchantPassword = randomToken(14);
  const operatorPassword = randomToken(14);
  await owner.insert(merchants).values({
    merchantId,
    name: "Lantern & Leaf Trading Co., Ltd.",
    country: "CN",
    timeZone: "Asia/Shanghai",
    liveStatus: "approved",
    branding: { displayName: "灯叶茶铺 Lantern & Leaf", logo, color: "#0F766E" },
    settings: { latePayment: "refund", orderLifetimeMinutes: 30, feeReturnedOnRefund: true },
    createdAt: now,
  });
  const actor = { type: "system", id: "demo" } as const;
  const ctx = openContext({ merchantId, livemode: false, actor, requestId: "req_demo_seed", db: app });
  await provisionAccount(ctx, { channel: "wechatpay", label: "WeChat Pay (simulator)", feeBps: "60", priority: 10 });
  await provisionAccount(ctx, { channel: "alipay", label: "Alipay (simulator)", feeBps: "60", priority: 20 });
  await provisionAccount(ctx, {
    channel: "stripe",
    label: "Cards by Stripe (simulator)",
    feeBps: "290",
    feeFixed: 30n,
    priority: 30,
  });
  const secret = await createApiKey(ctx, { kind: "secret", label: "Demo server" });
  const publishable = await createApiKey(ctx, { kind: "publishable", label: "Demo browser" });
  const demo = {
    merchantEmail,
    merchantPassword,
    operatorEmail,
    operatorPassword,
    testKey: secret.key,
    publishableKey: publishable.key,
  };
  // Last and together: a demo that was cut off halfway is made anew.
  await owner.transaction(async (db) => {
    const userId = await person(db, users, merchantEmail, "Lin Wei 林薇", merchantPassword, {});
    await db.insert(memberships).values({ merchantId, userId, role: "owner", createdAt: now });
    await person(db, operators, operatorEmail, "Platform Operator", operatorPassword, { role: "admin" });
    await db.execute(sql`insert into internal.demo values (${seal(env.secretsKeys, JSON.stringify(demo), "demo")})`);
  });
  return demo;
}

async function person(
  owner: Pick<Database, "select" | "insert">,
  table: typeof users | typeof operators,
  email: string,
  name: string,
  password: string,
  more: { role?: string },
): Promise<string> {
  const [existing] = await owner.select({ id: table.id }).from(table).where(eq(table.email, email));
  if (existing) return existing.id;
  const id = newPlatformId(table === users ? "user" : "operator");
  await owner.insert(table).values({ id, email, name, passwordHash: await hashPassword(password), ...more } as never);
  return id;
}

/** The public address may have moved since the demo was made: providers that keep our address are told the new one. */
async function refreshNotifications(app: Database, demo: Demo): Promise<void> {
  const own = `mer_${demo.testKey.slice("sk_test_".length, "sk_test_".length + 8)}`;
  for (const merchantId of [own, ...(demo.shops ?? [])]) {
    const actor = { type: "system", id: "demo" } as const;
    const ctx = openContext({ merchantId, livemode: false, actor, requestId: "req_demo_seed", db: app });
    for (const open of await loadAccounts(ctx)) {
      await registerNotifications(open.row, open.account.credentials as Record<string, string>);
    }
  }
}
