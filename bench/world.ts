import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type postgres from "postgres";
import { connect, type Database } from "#db/client";
import { startEmbedded } from "#db/embedded";
import { freePort } from "#db/embedded-cluster";
import { migrate } from "#db/migrate";
import { merchants as merchantTable } from "#db/schema/merchants";
import { type Context, openContext } from "#db/tenancy";
import { createApiKey } from "#lib/api-keys/create-key";
import { newMerchantId } from "#lib/kernel/ids";
import { provisionAccount } from "#lib/sandbox/provision-account";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { databaseUrls, rolePasswords } from "#scripts/environment";
import { storeOrders } from "./stored-orders.ts";

export interface BenchMerchant {
  readonly merchantId: string;
  readonly key: string;
  readonly accountIds: Readonly<Record<string, string>>;
}

/** What a kept data folder remembers: without the secrets its rows could not be opened. */
interface Kept {
  readonly secrets: Readonly<Record<string, string>>;
  readonly port: number;
  readonly receiverPort: number;
  readonly merchants: Record<string, BenchMerchant[]>;
}

/** A durable PostgreSQL of our own, migrated, with merchants, their simulated accounts and their past. */
export interface World {
  readonly merchants: readonly BenchMerchant[];
  readonly stored: number;
  readonly owner: postgres.Sql;
  readonly urls: ReturnType<typeof databaseUrls>;
  readonly app: Database;
  readonly port: number;
  readonly receiverPort: number;
  readonly postgresPid: number;
  readonly postgresVersion: string;
  /** By the database's clock: what failed before is of an earlier run on the same folder. */
  readonly openedAt: Date;
  /** What a server on this database needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  contextOf(merchantId: string): Context;
  /** Stops PostgreSQL as an administrator would, with its connections cut, and starts it again. @returns ms it was away */
  restartDatabase(): Promise<number>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly stored: number;
  readonly merchants: number;
  readonly dataDir: string | undefined;
}

const idleTimeoutMs = 0;
/** A day: orders that the create scenario leaves unpaid must not begin to expire in the middle of a later measurement. */
const orderLifetimeMinutes = 1_440;

export async function openWorld(options: WorldOptions): Promise<World> {
  const folder = options.dataDir ?? (await mkdtemp(join(tmpdir(), "gpl-bench-")));
  await mkdir(folder, { recursive: true });
  const kept = await readKept(folder);
  const cluster = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "durable" });
  const name = `bench_${options.stored}`;
  const urls = databaseUrls(await cluster.database(name), kept.secrets);
  const environment = environmentOf(kept, urls);
  Object.assign(process.env, environment, { SIMULATORS: "on" });
  await migrate(urls.ownerUrl, rolePasswords(kept.secrets));

  const owner = connect(urls.ownerUrl, { max: 2, applicationName: "bench-owner", timeoutMs: idleTimeoutMs });
  const app = connect(urls.appUrl, { max: 4, applicationName: "bench", timeoutMs: idleTimeoutMs });
  const contextOf = (merchantId: string) => openBenchContext(merchantId, app.db);
  kept.merchants[name] ??= await prepare(owner, contextOf, options, kept);
  await writeFile(join(folder, keptName), JSON.stringify(kept));
  const [version] = await owner.client`select current_setting('server_version') as server_version, now() as opened_at`;
  let postgresPid = await postmasterPid(folder);
  return {
    merchants: kept.merchants[name],
    stored: options.stored,
    owner: owner.client,
    urls,
    app: app.db,
    port: kept.port,
    receiverPort: kept.receiverPort,
    get postgresPid() {
      return postgresPid;
    },
    postgresVersion: String(version?.server_version),
    openedAt: new Date(version?.opened_at),
    environment,
    contextOf,
    async restartDatabase() {
      const startedAt = performance.now();
      await cluster.stop();
      await startEmbedded({ dataDir: join(folder, "postgres"), profile: "durable" });
      postgresPid = await postmasterPid(folder);
      return Math.round(performance.now() - startedAt);
    },
    async close() {
      await Promise.all([owner.client.end({ timeout: 5 }), app.client.end({ timeout: 5 })]);
      await cluster.stop();
      if (!options.dataDir) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function postmasterPid(folder: string): Promise<number> {
  const [pid = "0"] = (await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n");
  return Number(pid);
}

const keptName = "bench.json";

async function readKept(folder: string): Promise<Kept> {
  const path = join(folder, keptName);
  if (existsSync(path)) return JSON.parse(await readFile(path, "utf8")) as Kept;
  const password = () => randomBytes(24).toString("base64url");
  return {
    secrets: {
      GPL_APP_PASSWORD: password(),
      GPL_OPERATOR_PASSWORD: password(),
      GPL_SIMULATOR_PASSWORD: password(),
      SECRETS_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      NEXTAUTH_SECRET: password(),
      CRON_SECRET: password(),
    },
    port: await freePort(),
    receiverPort: await freePort(),
    merchants: {},
  };
}

function environmentOf(kept: Kept, urls: World["urls"]): Record<string, string> {
  return {
    ...kept.secrets,
    DATABASE_URL: urls.ownerUrl,
    APP_DATABASE_URL: urls.appUrl,
    OPERATOR_DATABASE_URL: urls.operatorUrl,
    SIMULATOR_DATABASE_URL: urls.simulatorUrl,
    PORT: String(kept.port),
    PUBLIC_URL: `http://127.0.0.1:${kept.port}`,
    WEBHOOK_ALLOW_ADDRESSES: "127.0.0.1/32",
    // The load is meant to find the product's limit, not the limit that it sets for one caller.
    RATE_LIMIT_PER_SECOND: "1000000",
    SHOPPER_RATE_LIMIT: "10000000",
  };
}

function openBenchContext(merchantId: string, db: Database): Context {
  const actor = { type: "system", id: "bench" } as const;
  return openContext({ merchantId, livemode: false, actor, requestId: "req_bench", db });
}

async function prepare(
  owner: { client: postgres.Sql; db: Database },
  contextOf: World["contextOf"],
  options: WorldOptions,
  kept: Kept,
): Promise<BenchMerchant[]> {
  const made: BenchMerchant[] = [];
  for (let number = 1; number <= options.merchants; number++)
    made.push(await addMerchant(owner.db, contextOf, number, kept));
  await storeOrders(
    owner.client,
    made.map(({ merchantId }) => contextOf(merchantId)),
    options.stored,
  );
  return made;
}

/** As the demo's merchant: an account at each simulated provider, a key, an endpoint that wants to know how payments end. */
async function addMerchant(
  owner: Database,
  contextOf: World["contextOf"],
  number: number,
  { receiverPort }: Kept,
): Promise<BenchMerchant> {
  const merchantId = newMerchantId();
  await owner.insert(merchantTable).values({
    merchantId,
    name: `Bench merchant ${number}`,
    country: "CN",
    timeZone: "Asia/Shanghai",
    branding: { displayName: `Bench ${number}` },
    settings: { latePayment: "refund", orderLifetimeMinutes, feeReturnedOnRefund: true },
  });
  const ctx = contextOf(merchantId);
  const accountIds: Record<string, string> = {};
  for (const channel of ["wechatpay", "alipay", "stripe"]) {
    const account = await provisionAccount(ctx, { channel, label: `${channel} (simulator)` });
    accountIds[channel] = account.id;
  }
  await createEndpoint(ctx, {
    url: `http://127.0.0.1:${receiverPort}/${merchantId}`,
    eventTypes: ["order.paid", "attempt.failed"],
  });
  const { key } = await createApiKey(ctx, { kind: "secret", label: "Bench" });
  return { merchantId, key, accountIds };
}
