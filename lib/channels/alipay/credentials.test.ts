import { expect, it } from "vitest";
import { credentialFields, credentials } from "./credentials.ts";
import { applicationKeys, testAccount } from "./fixtures/account.ts";

const good = testAccount().credentials;

function complaint(change: Record<string, unknown>): string {
  const parsed = credentials.safeParse({ ...good, ...change });
  return parsed.success ? "" : parsed.error.issues.map((issue) => issue.message).join();
}

it("takes a complete account and asks for exactly its fields", () => {
  expect(credentials.parse(good)).toEqual(good);
  expect(credentialFields.map((field) => field.name).sort()).toEqual(Object.keys(good).sort());
  expect(credentialFields.filter((field) => field.secret).map((field) => field.name)).toEqual(["private_key"]);
});

it("takes keys without PEM lines, as the console shows them", () => {
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
  expect(complaint({ private_key: bare(good.private_key), alipay_public_key: bare(good.alipay_public_key) })).toBe("");
});

it.each([
  ["a private key that is none", { private_key: "nonsense" }, /private_key must be/],
  ["a public key in the private key's place", { private_key: good.alipay_public_key }, /private_key must be/],
  ["a public key that is none", { alipay_public_key: "nonsense" }, /alipay_public_key must be/],
  ["the application's own public key as Alipay's", { alipay_public_key: applicationKeys.publicKey }, /支付宝公钥/],
  ["an app_id with letters", { app_id: "wx2021000000000001" }, /app_id/],
  ["a seller_id that is an e-mail address", { seller_id: "shop@example.com" }, /2088/],
  ["a field that it does not know", { app_cert_sn: "x" }, /app_cert_sn/],
])("refuses %s and says what is wanted", (_, change, message) => {
  expect(complaint(change)).toMatch(message);
});
