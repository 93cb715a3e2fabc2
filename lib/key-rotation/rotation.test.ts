import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptCredentials } from "#lib/channel-accounts/load-account";
import { parseKeyRing, seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { followSettingsFile } from "#lib/kernel/key-ring";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { revealSecret } from "#lib/webhooks/reveal-secret";
import { rollSecret } from "#lib/webhooks/roll-secret";
import { countByKey } from "./reseal.ts";
import { type RotateOptions, rotateKeys } from "./rotate.ts";
import { sealedColumns } from "./sealed-columns.ts";

let platform: Platform;
let folder: string;
let settingsFile: string;
let merchant: TestMerchant;

beforeAll(async () => {
  platform = await startPlatform();
  folder = await mkdtemp(join(tmpdir(), "gpl-keys-"));
  settingsFile = join(folder, ".env.local");
  await writeFile(settingsFile, `A=1\nSECRETS_KEYS=${process.env.SECRETS_KEYS}\nB=2\n`, { mode: 0o600 });
  followSettingsFile(settingsFile);
  merchant = await platform.merchant({}, ["alipay"]);
});
afterAll(async () => {
  await platform.end();
  await rm(folder, { recursive: true, force: true });
});

const keysInFile = async () => parseEnv(await readFile(settingsFile, "utf8")).SECRETS_KEYS ?? "";

async function rotate(options: Partial<RotateOptions> = {}) {
  return rotateKeys(platform.database.ownerUrl, {
    settingsFile,
    keys: await keysInFile(),
    readKeys: () => env.secretsKeys,
    ...options,
  });
}

const newEndpoint = () => createEndpoint(merchant.ctx, { url: `${platform.origin}/hook`, eventTypes: ["order.paid"] });

describe("rotating the keys", () => {
  it("seals everything anew while the product goes on making and rolling secrets, and loses none", async () => {
    const { endpoint } = await newEndpoint();
    const load = { isOn: true, secret: "", rolls: 0 };
    const working = (async () => {
      while (load.isOn) {
        ({ secret: load.secret } = await rollSecret(merchant.ctx, endpoint.id));
        load.rolls += 1;
        expect(await revealSecret(merchant.ctx, endpoint.id)).toBe(load.secret);
      }
    })();
    const old = parseKeyRing(await keysInFile());
    const rotation = await rotate({ batchSize: 1 });
    load.isOn = false;
    await working;

    expect(load.rolls).toBeGreaterThan(1);
    expect(rotation).toMatchObject({ current: "k2", isNew: true, closed: [], unused: ["k1"] });
    expect([...(await countByKey(platform.owner)).keys()]).toEqual(["k2"]);
    expect(await revealSecret(merchant.ctx, endpoint.id)).toBe(load.secret);
    const [row] = await platform.owner`select id, credentials from channel_accounts`;
    expect(() => unseal(old, String(row?.credentials), `channel_accounts:${row?.id}`)).toThrow("unknown form or key");

    // The old key may go: nothing needs it, and the process notices that it is gone.
    const kept = (await keysInFile()).split(",")[0] ?? "";
    await writeFile(settingsFile, `SECRETS_KEYS=${kept}\n`, { mode: 0o600 });
    const account = merchant.accounts.alipay;
    if (!account) throw new Error("no account");
    const [fresh] = await platform.owner`select credentials from channel_accounts where id = ${account.id}`;
    expect(keptCredentials({ id: account.id, credentials: String(fresh?.credentials) })).toHaveProperty("app_id");
  });

  it("goes on with the same key after it was killed in the middle", async () => {
    await Promise.all([newEndpoint(), newEndpoint(), newEndpoint()]);
    const killed = rotate({
      batchSize: 1,
      onBatch: () => {
        throw new Error("killed");
      },
    });
    await expect(killed).rejects.toThrow("killed");
    const [current] = (await keysInFile()).split(":");
    expect((await countByKey(platform.owner)).size).toBe(2);

    const rotation = await rotate();
    expect(rotation).toMatchObject({ current, isNew: false, closed: [] });
    expect(rotation.unused).toHaveLength(1);
    expect([...(await countByKey(platform.owner)).keys()]).toEqual([current]);
  });

  it("names what no key opens, and leaves it alone", async () => {
    const { endpoint } = await newEndpoint();
    const stranger = parseKeyRing(`lost:${randomBytes(32).toString("base64")}`);
    const sealed = seal(stranger, "whsec_", "webhook_endpoints:x");
    await platform.owner`update webhook_endpoints set secret = ${sealed} where id = ${endpoint.id}`;
    expect(await rotate()).toMatchObject({ closed: [`webhook_endpoints.secret ${endpoint.id}`] });
    const [row] = await platform.owner`select secret from webhook_endpoints where id = ${endpoint.id}`;
    expect(row?.secret).toBe(sealed);
    await platform.owner`delete from webhook_endpoints where id = ${endpoint.id}`;
  });

  it("keeps the file's other lines and its mode, and says what to do when the keys are elsewhere", async () => {
    await writeFile(settingsFile, `A=1\nSECRETS_KEYS=${await keysInFile()}\nB=2\n`, { mode: 0o600 });
    await rotate();
    expect(parseEnv(await readFile(settingsFile, "utf8"))).toMatchObject({ A: "1", B: "2" });
    expect((await stat(settingsFile)).mode & 0o777).toBe(0o600);
    const elsewhere = join(folder, "no-such-file");
    await expect(rotate({ settingsFile: elsewhere })).rejects.toThrow(`SECRETS_KEYS does not come from ${elsewhere}`);
  });

  it("knows every column that holds sealed text", async () => {
    const columns = await platform.owner`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type = 'text'
        and (column_name ~ 'secret|seal|credential' or column_name = 'signature_key')`;
    const found = columns.map((row) => `${row.table_name}.${row.column_name}`);
    const known = sealedColumns.map(({ table, column }) => `${table}.${column}`);
    expect(known.filter((name) => !found.includes(name))).toEqual([]);
    // A credential's public id at its authenticator; nothing to seal.
    expect(found.filter((name) => !known.includes(name))).toEqual(["passkeys.credential_id"]);
  });
});
