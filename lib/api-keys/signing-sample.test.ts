import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { permissionsOf } from "#lib/access/permissions";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { signatureHeaders } from "../../samples/signing/sign.ts";
import { createApiKey } from "./create-key.ts";
import { setSigning } from "./set-signing.ts";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
});
afterAll(() => platform.end());

const all = permissionsOf("owner");

it("signs a request that is taken, as the sample of the documentation does it with a shared secret", async () => {
  const { row, key } = await createApiKey(merchant.ctx, { kind: "secret", label: "sample" });
  const { secret } = await setSigning(merchant.ctx, row.id, { algorithm: "hmac-sha256", required: true }, all);
  const { stdout } = await promisify(execFile)(process.execPath, ["samples/signing/create-order.ts"], {
    env: { ...process.env, ORIGIN: platform.origin, KEY: key, KEY_ID: row.id, SIGNING_SECRET: secret },
  });
  expect(stdout).toMatch(/^201 \{"id":"ord_/);
});

it("signs with an ed25519 key too, with a body and without", async () => {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { row, key } = await createApiKey(merchant.ctx, { kind: "secret", label: "sample" });
  await setSigning(merchant.ctx, row.id, { algorithm: "ed25519", publicKey, required: true }, all);
  const url = `${platform.origin}/v1/orders?limit=1`;
  const read = await platform.call(
    key,
    "GET",
    "/v1/orders?limit=1",
    undefined,
    signatureHeaders({ keyId: row.id, privateKey }, "GET", url),
  );
  expect(read.status).toBe(200);
});
