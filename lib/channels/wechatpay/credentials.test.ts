import { expect, it } from "vitest";
import { credentialFields, credentials } from "./credentials.ts";
import { merchantKeys, testAccount } from "./fixtures/account.ts";

const good = testAccount().credentials;

function complaint(change: Record<string, unknown>): string[] {
  const parsed = credentials.safeParse({ ...good, ...change });
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.message);
}

it("takes a complete account and asks for exactly its fields", () => {
  expect(credentials.parse(good)).toEqual(good);
  const required = credentialFields.filter((field) => !field.isOptional);
  expect(required.map((field) => field.name).sort()).toEqual(Object.keys(good).sort());
});

it("never shows the private key or the APIv3 key again", () => {
  expect(credentialFields.filter((field) => field.secret).map((field) => field.name)).toEqual([
    "private_key",
    "apiv3_key",
  ]);
});

it.each([
  ["an APIv3 key of 31 bytes", { apiv3_key: "x".repeat(31) }, /exactly 32/],
  ["an APIv3 key whose 32 characters are more bytes", { apiv3_key: "密".repeat(32) }, /exactly 32/],
  ["a private key without its PEM lines", { private_key: "MIIEvQ" }, /apiclient_key\.pem/],
  ["a public key in the private key's place", { private_key: good.platform_public_key }, /apiclient_key\.pem/],
  ["text that is no public key", { platform_public_key: "nonsense" }, /pub_key\.pem/],
  ["our own public key as the provider's", { platform_public_key: merchantKeys.publicKey }, /public half/],
  ["our private key as the provider's public key", { platform_public_key: merchantKeys.privateKey }, /public half/],
  ["a merchant number with letters", { mchid: "19000000a1" }, /digits only/],
  ["an empty application id", { appid: "" }, /appid/],
  ["a serial number that is not hexadecimal", { serial_no: "XYZ" }, /serial_no/],
  ["an empty key id", { platform_public_key_id: "" }, /platform_public_key_id/],
])("refuses %s and says what is wanted", (_, change, message) => {
  expect(complaint(change).join()).toMatch(message);
});

it("refuses a field that it does not know", () => {
  expect(complaint({ apiv2_key: "x" }).join()).toContain("apiv2_key");
});
