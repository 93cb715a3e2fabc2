import { cp, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { startAttempt } from "#lib/attempts/start-attempt";
import { sealAuditLog } from "#lib/audit/seal";
import { sealTransfers } from "#lib/ledger/seal";
import { createOrder } from "#lib/orders/create-order";
import { createOrderSchema } from "#lib/orders/schemas";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { type Receiver, startReceiver } from "#lib/webhooks/testing/receiver";
import { type Manifest, manifestName, readManifest } from "./manifest.ts";
import { restoreBackup } from "./restore-backup.ts";
import { verifyDatabase } from "./verify-restored.ts";
import { writeBackup } from "./write-backup.ts";

let platform: Platform;
let receiver: Receiver;
let folder: string;

const rolePassword = () => inject("databaseServer").rolePassword;
const passwords = () => ({
  appPassword: rolePassword(),
  operatorPassword: rolePassword(),
  simulatorPassword: rolePassword(),
});

beforeAll(async () => {
  platform = await startPlatform();
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), "gpl-backup-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await receiver.close();
  await platform.end();
});

async function order({ ctx }: TestMerchant, number: string) {
  return createOrder(
    ctx,
    createOrderSchema.parse({ merchant_order_no: number, amount: 8800, currency: "CNY", subject: "茶\n\\N\t“tea”" }),
  );
}

async function pay({ ctx }: TestMerchant, orderId: string): Promise<void> {
  const surroundings = surroundingsOf("");
  await startAttempt(ctx, { orderId, method: "alipay", surroundings, ip: "127.0.0.1", userAgent: "" });
  await actOnOrder(ctx, orderId, { act: "pay" });
  await platform.settle();
}

async function newDatabase(name: string, owner?: string): Promise<void> {
  const sql = postgres(inject("databaseServer").url, { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
    if (owner) await sql.unsafe(`drop role if exists ${owner}; create role ${owner} login password '${owner}'`);
    await sql`create database ${sql(name)}`;
    if (owner) await sql`alter database ${sql(name)} owner to ${sql(owner)}`;
  } finally {
    await sql.end();
  }
}

describe("a backup", () => {
  it("taken under load brings back ledger, orders, activity log and waiting webhooks after the database is lost", async () => {
    const merchant = await platform.merchant({}, ["alipay"]);
    await createEndpoint(merchant.ctx, { url: receiver.url, eventTypes: ["order.paid"] });
    const paid = await order(merchant, "before");
    await pay(merchant, paid.id);
    await sealTransfers(merchant.ctx, { minimumAgeMs: 0 });
    await sealAuditLog(merchant.ctx, { minimumAgeMs: 0 });
    await drainOutbox();

    const load = { isOn: true, made: 0 };
    const writing = (async () => {
      while (load.isOn) {
        await order(merchant, `during-${load.made}`);
        load.made += 1;
      }
    })();
    const target = join(folder, "under-load");
    const manifest = await writeBackup(platform.database.ownerUrl, target);
    load.isOn = false;
    await writing;
    expect(load.made).toBeGreaterThan(0);
    const saved = manifest.tables.find(({ schema, name }) => schema === "public" && name === "orders")?.rows ?? 0;
    expect(saved).toBeGreaterThanOrEqual(1);
    expect(await readdir(folder)).toEqual(["under-load"]);

    await newDatabase(platform.database.name);
    await restoreBackup(platform.database.ownerUrl, passwords(), target);
    const { ownerUrl, appUrl } = platform.database;
    expect(await verifyDatabase({ ownerUrl, appUrl })).toMatchObject({
      merchants: 1,
      orders: saved,
      pendingDeliveries: 1,
      findings: [],
    });

    expect(receiver.received).toHaveLength(0);
    await platform.runJobs();
    expect(receiver.received.map(({ body }) => body.data.object)).toMatchObject([{ id: paid.id, status: "paid" }]);
    // Nothing of the old database is needed to go on: new ids, new postings, the next event numbers.
    const next = await order(merchant, "after");
    await pay(merchant, next.id);
    await platform.deliverWebhooks();
    expect(receiver.received).toHaveLength(2);
    expect(await verifyDatabase({ ownerUrl, appUrl })).toMatchObject({ orders: saved + 1, findings: [] });
  });

  it("is not overwritten, and is not restored over rows", async () => {
    const { ownerUrl } = platform.database;
    const target = join(folder, "again");
    await order(await platform.merchant({}, []), "only");
    await writeBackup(ownerUrl, target);
    await expect(writeBackup(ownerUrl, target)).rejects.toThrow("is not empty");
    await expect(restoreBackup(ownerUrl, passwords(), target)).rejects.toThrow("The database is not empty");
  });

  it("leaves nothing that looks finished when it is cut short", async () => {
    const target = join(folder, "cut-short");
    const cut = writeBackup(platform.database.ownerUrl, target, {
      onTable: () => {
        throw new Error("the machine went down");
      },
    });
    await expect(cut).rejects.toThrow("the machine went down");
    expect(await readdir(folder)).not.toContain("cut-short");
    await expect(readManifest(target)).rejects.toThrow("There is no backup in");
    await writeBackup(platform.database.ownerUrl, target);
    expect((await readManifest(target)).tables.length).toBeGreaterThan(50);
  });
});

describe("restoring", () => {
  const name = "gpl_restore_refused";
  /** As on a managed server: it owns the database, and row-level security binds it. */
  const plainOwner = "plain_owner";
  let ownerUrl: string;
  let whole: string;
  let copy: string;
  const orders = "tables/public.orders.copy.gz";

  beforeAll(async () => {
    await order(await platform.merchant({}, []), "kept");
    whole = join(folder, "whole");
    copy = join(folder, "copy");
    await writeBackup(platform.database.ownerUrl, whole);
    const url = new URL(inject("databaseServer").url);
    await newDatabase(name, plainOwner);
    Object.assign(url, { pathname: `/${name}`, username: plainOwner, password: plainOwner });
    ownerUrl = url.href;
  });
  afterAll(async () => {
    const sql = postgres(inject("databaseServer").url, { max: 1, onnotice: () => {} });
    await sql`drop database if exists ${sql(name)} with (force)`;
    await sql`drop role if exists ${sql(plainOwner)}`;
    await sql.end();
  });

  async function damaged(damage: () => Promise<void>) {
    await rm(copy, { recursive: true, force: true });
    await cp(whole, copy, { recursive: true });
    await damage();
    return restoreBackup(ownerUrl, passwords(), copy);
  }

  it("names the file that is cut, changed or gone, before it touches the database", async () => {
    const path = join(copy, orders);
    await expect(damaged(async () => truncate(path, (await stat(path)).size - 1))).rejects.toThrow(
      `${path} is cut off`,
    );
    await expect(
      damaged(async () => {
        const bytes = await readFile(path);
        bytes[20] = (bytes[20] ?? 0) ^ 1;
        await writeFile(path, bytes);
      }),
    ).rejects.toThrow(`${path} is not the file that was written`);
    await expect(damaged(() => rm(path))).rejects.toThrow(`${path} can't be read (ENOENT)`);
    await expect(damaged(() => truncate(join(copy, manifestName), 200))).rejects.toThrow(`${manifestName} is damaged`);
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    expect(await sql`select relname from pg_class where relnamespace = 'public'::regnamespace`).toHaveLength(0);
    await sql.end();
  });

  it("refuses rows that refer to rows that are missing, and can then be run again", async () => {
    const empty = join(copy, "tables/public.merchants.copy.gz");
    const forged = damaged(async () => {
      const manifest = await readManifest(copy);
      const none = manifest.tables.find(({ rows }) => rows === 0);
      const merchants = manifest.tables.find((table) => table.file.endsWith("public.merchants.copy.gz"));
      if (!none || !merchants) throw new Error("no such table");
      await rename(join(copy, none.file), empty);
      await cp(empty, join(copy, none.file));
      Object.assign(merchants, { rows: 0, bytes: none.bytes, sha256: none.sha256 });
      await writeFile(join(copy, manifestName), JSON.stringify(manifest));
    });
    await expect(forged).rejects.toThrow(/violates foreign key constraint/);
    await restoreBackup(ownerUrl, passwords(), whole);
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    expect(await sql`select 1 from orders where merchant_order_no = 'kept'`).toHaveLength(1);
    const [keys] = await sql`select count(*)::int as count from pg_constraint where contype = 'f'`;
    expect(keys?.count).toBeGreaterThan(20);
    expect(
      await sql`select relname from pg_class where relrowsecurity and not relforcerowsecurity and relnamespace = 'public'::regnamespace`,
    ).toEqual([]);
    await sql.end();
    const second = await writeBackup(ownerUrl, join(folder, "second"));
    const rows = ({ tables }: Manifest) => tables.map((table) => `${table.file}: ${table.rows}`);
    expect(rows(second)).toEqual(rows(await readManifest(whole)));
  });
});
