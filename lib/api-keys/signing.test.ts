import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "#lib/access/permissions";
import { systemClock } from "#lib/kernel/clock";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { nextNumber } from "#lib/testing/shop";
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

interface Signer {
  readonly id: string;
  readonly key: string;
  readonly sign: (base: string) => Buffer;
}

async function hmacSigner(required = true): Promise<Signer> {
  const { row, key } = await createApiKey(merchant.ctx, { kind: "secret", label: "signed" });
  const { secret = "" } = await setSigning(merchant.ctx, row.id, { algorithm: "hmac-sha256", required }, all);
  return {
    id: row.id,
    key,
    sign: (base) => createHmac("sha256", Buffer.from(secret, "base64")).update(base).digest(),
  };
}

async function edSigner(): Promise<Signer> {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  const { row, key } = await createApiKey(merchant.ctx, { kind: "secret", label: "signed" });
  await setSigning(merchant.ctx, row.id, { algorithm: "ed25519", publicKey, required: true }, all);
  return { id: row.id, key, sign: (base) => sign(null, Buffer.from(base), pair.privateKey) };
}

interface Change {
  readonly created?: number;
  readonly more?: string;
  readonly nonce?: string | undefined;
  readonly components?: readonly string[];
  readonly keyId?: string;
  readonly sentBody?: string;
  readonly sentPath?: string;
}

const nowSeconds = () => Math.floor(systemClock.now().getTime() / 1000);
const digestOf = (body: string) => `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

/** Signs as a merchant's server would, and may then send something else. */
function send(signer: Signer, method: string, path: string, body = "", change: Change = {}) {
  const values: Record<string, string> = {
    "@method": method,
    "@target-uri": `${platform.origin}${path}`,
    "@path": path,
    "content-digest": digestOf(body),
  };
  const components = change.components ?? ["@method", "@target-uri", ...(body ? ["content-digest"] : [])];
  const nonce = "nonce" in change ? change.nonce : randomBytes(12).toString("hex");
  const parameters = [
    `created=${change.created ?? nowSeconds()}`,
    `keyid="${change.keyId ?? signer.id}"`,
    ...(nonce === undefined ? [] : [`nonce="${nonce}"`]),
    ...(change.more ? [change.more] : []),
  ];
  const params = `(${components.map((name) => `"${name}"`).join(" ")});${parameters.join(";")}`;
  const lines = [...components.map((name) => `"${name}": ${values[name] ?? ""}`), `"@signature-params": ${params}`];
  const headers = {
    "signature-input": `sig1=${params}`,
    signature: `sig1=:${signer.sign(lines.join("\n")).toString("base64")}:`,
    ...(body && { "content-digest": digestOf(body) }),
  };
  return platform.call(signer.key, method, change.sentPath ?? path, change.sentBody ?? (body || undefined), headers);
}

const order = () =>
  JSON.stringify({ merchant_order_no: nextNumber("S"), amount: 8800, currency: "CNY", subject: "茶" });

describe.each([
  ["hmac-sha256", hmacSigner],
  ["ed25519", edSigner],
])("a key that asks for signatures by %s", (_algorithm, makeSigner) => {
  let signer: Signer;
  beforeAll(async () => {
    signer = await makeSigner();
  });
  const flaw = (problem: string) => ({ status: 401, body: { code: "signature_invalid", values: { problem } } });

  it("takes a signed read and a signed write", async () => {
    expect((await send(signer, "GET", "/v1/orders?limit=2")).status).toBe(200);
    expect((await send(signer, "POST", "/v1/orders", order())).status).toBe(201);
  });

  it("refuses a request without a signature, or with somebody else's", async () => {
    const required = { status: 401, body: { code: "signature_required" } };
    expect(await platform.call(signer.key, "GET", "/v1/orders")).toMatchObject(required);
    expect(await send(signer, "GET", "/v1/orders", "", { keyId: "key_other" })).toMatchObject(required);
  });

  it.each<[string, string, Change]>([
    ["another path", "signature", { sentPath: "/v1/refunds" }],
    ["another query", "signature", { sentPath: "/v1/orders?limit=2" }],
    ["a time five minutes ago", "window", { created: nowSeconds() - 301 }],
    ["a time that is to come", "window", { created: nowSeconds() + 600 }],
    ["an expiry that has passed", "window", { more: `expires=${nowSeconds() - 1}` }],
    ["no nonce", "nonce", { nonce: undefined }],
    ["a nonce too short to be random", "nonce", { nonce: "1234567" }],
    ["the target left out", "components", { components: ["@method"] }],
    ["the method left out", "components", { components: ["@target-uri"] }],
    ["a header that is not there", "components", { components: ["@method", "@target-uri", "x-none"] }],
    ["another algorithm's name", "algorithm", { more: 'alg="rsa-pss-sha512"' }],
  ])("refuses %s", async (_what, problem, change) => {
    expect(await send(signer, "GET", "/v1/orders", "", change)).toMatchObject(flaw(problem));
  });

  it("refuses another body than was signed, and a body that was not signed at all", async () => {
    const body = order();
    expect(await send(signer, "POST", "/v1/orders", body, { sentBody: `${body} ` })).toMatchObject(flaw("digest"));
    const unsigned = await send(signer, "POST", "/v1/orders", body, { components: ["@method", "@target-uri"] });
    expect(unsigned).toMatchObject(flaw("components"));
  });

  it("refuses a replay, also of many at once", async () => {
    const created = nowSeconds();
    const again = { nonce: "same-nonce-again", created };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(signer, "GET", "/v1/orders", "", again)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === "signature_replayed")).toHaveLength(19);
  });
});

it("lets a key that only may sign pass without, but never with a bad signature", async () => {
  const signer = await hmacSigner(false);
  expect((await platform.call(signer.key, "GET", "/v1/orders")).status).toBe(200);
  expect((await send(signer, "GET", "/v1/orders")).status).toBe(200);
  expect((await send(signer, "GET", "/v1/orders", "", { created: 1 })).status).toBe(401);
});

describe("setting it up", () => {
  it("shows the shared secret once and keeps it sealed; a rolled key signs on with it", async () => {
    const owner = await merchant.key();
    const { row } = await createApiKey(merchant.ctx, { kind: "secret", label: "mine" });
    const path = `/v1/api_keys/${row.id}/signing`;
    const set = await platform.call(owner, "POST", path, { algorithm: "hmac-sha256", required: true });
    expect(set).toMatchObject({ status: 200, body: { signature: { algorithm: "hmac-sha256", required: true } } });
    expect(Buffer.from(set.body.signing_secret, "base64")).toHaveLength(32);
    const [kept] = await platform.owner`select signature_key from api_keys where id = ${row.id}`;
    expect(kept?.signature_key).not.toContain(set.body.signing_secret);

    const rolled = await platform.call(owner, "POST", `/v1/api_keys/${row.id}/roll`, {});
    const secret = Buffer.from(set.body.signing_secret, "base64");
    const signer: Signer = {
      id: rolled.body.id,
      key: rolled.body.key,
      sign: (base) => createHmac("sha256", secret).update(base).digest(),
    };
    expect((await send(signer, "GET", "/v1/orders")).status).toBe(200);

    const ended = await platform.call(owner, "DELETE", `/v1/api_keys/${rolled.body.id}/signing`);
    expect(ended).toMatchObject({ status: 200, body: { signature: { algorithm: null, required: false } } });
    expect((await platform.call(rolled.body.key, "GET", "/v1/orders")).status).toBe(200);
  });

  it.each([
    ["no public key", { algorithm: "ed25519", required: true }],
    ["what is no key", { algorithm: "ed25519", required: true, public_key: "-----BEGIN PUBLIC KEY-----\nx" }],
    ["a key for hmac", { algorithm: "hmac-sha256", required: true, public_key: "x" }],
    [
      "a private key",
      {
        algorithm: "ed25519",
        required: true,
        public_key: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      },
    ],
    [
      "an RSA key",
      {
        algorithm: "ed25519",
        required: true,
        public_key: generateKeyPairSync("rsa", { modulusLength: 2048 })
          .publicKey.export({ type: "spki", format: "pem" })
          .toString(),
      },
    ],
  ])("refuses %s", async (_what, body) => {
    const { row } = await createApiKey(merchant.ctx, { kind: "secret", label: "mine" });
    const answer = await platform.call(await merchant.key(), "POST", `/v1/api_keys/${row.id}/signing`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: "public_key_invalid", param: "public_key" } });
  });
});
