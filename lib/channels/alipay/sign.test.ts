import { createSign } from "node:crypto";
import { AlipaySdk } from "alipay-sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alipayKeys, applicationKeys } from "./fixtures/account.ts";
import { signedForm } from "./fixtures/provider.ts";
import { canonicalText, privateKeyOf, publicKeyOf, signText, verifyNotification } from "./sign.ts";

const sha256 = (text: string, key: string) => createSign("RSA-SHA256").update(text, "utf8").sign(key, "base64");

describe("the text that is signed", () => {
  it("is every parameter with a value but sign, sorted by name, not encoded", () => {
    const parameters = {
      version: "1.0",
      method: "alipay.trade.precreate",
      sign: "must not count",
      sign_type: "RSA2",
      app_id: "2021000000000001",
      notify_url: "https://pay.example.com/notify/ca_1",
      return_url: "",
      app_auth_token: undefined,
      timestamp: "2026-11-20 18:30:00",
      charset: "utf-8",
      format: "JSON",
      biz_content: '{"out_trade_no":"att_1","total_amount":"88.00","subject":"龙井 250g"}',
    };
    expect(canonicalText(parameters)).toBe(
      'app_id=2021000000000001&biz_content={"out_trade_no":"att_1","total_amount":"88.00","subject":"龙井 250g"}' +
        "&charset=utf-8&format=JSON&method=alipay.trade.precreate&notify_url=https://pay.example.com/notify/ca_1" +
        "&sign_type=RSA2&timestamp=2026-11-20 18:30:00&version=1.0",
    );
  });

  it("sorts by ASCII, where an underscore comes after capitals and before small letters", () => {
    expect(canonicalText({ ab: "1", a_b: "2", aB: "3" })).toBe("aB=3&a_b=2&ab=1");
  });
});

it("signs with SHA256withRSA over UTF-8, byte for byte as another implementation", async () => {
  const text = "app_id=1&subject=龙井";
  expect(await signText(applicationKeys.privateKey, text)).toBe(sha256(text, applicationKeys.privateKey));
});

it("takes keys as PEM and as the bare base64 of the console, PKCS#8 and PKCS#1", () => {
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, "");
  const key = privateKeyOf(applicationKeys.privateKey);
  const pkcs1 = String(key.export({ type: "pkcs1", format: "pem" }));
  for (const form of [bare(applicationKeys.privateKey), pkcs1, bare(pkcs1)])
    expect(privateKeyOf(form).equals(key)).toBe(true);
  expect(publicKeyOf(bare(applicationKeys.publicKey)).equals(publicKeyOf(applicationKeys.publicKey))).toBe(true);
  expect(() => privateKeyOf("nonsense")).toThrow();
  expect(() => publicKeyOf("nonsense")).toThrow();
});

describe("a notification's signature", () => {
  const fields = { app_id: "2021000000000001", total_amount: "88.00", subject: "100% 茶 %E8%8C%B6", body: "" };
  const sdk = new AlipaySdk({
    appId: "1",
    privateKey: applicationKeys.privateKey,
    alipayPublicKey: alipayKeys.publicKey,
    keyType: "PKCS8",
  });

  it("leaves out sign and sign_type, and the official SDK agrees", () => {
    const form = signedForm(fields);
    expect(form.sign).toBe(
      sha256("app_id=2021000000000001&subject=100% 茶 %E8%8C%B6&total_amount=88.00", alipayKeys.privateKey),
    );
    expect(verifyNotification(alipayKeys.publicKey, form)).toBe(true);
    const { body: _, ...withoutEmpty } = form;
    expect(sdk.checkNotifySignV2(withoutEmpty)).toBe(true);
  });

  it("may keep empty values, as the official SDKs do", () => {
    const text = "app_id=2021000000000001&body=&subject=100% 茶 %E8%8C%B6&total_amount=88.00";
    const form = { ...fields, sign_type: "RSA2", sign: sha256(text, alipayKeys.privateKey) };
    expect(verifyNotification(alipayKeys.publicKey, form)).toBe(true);
    expect(sdk.checkNotifySignV2(form)).toBe(true);
  });

  it("may keep sign_type, as some products do", () => {
    const text = "app_id=2021000000000001&sign_type=RSA2&total_amount=88.00";
    const form = {
      app_id: "2021000000000001",
      total_amount: "88.00",
      sign_type: "RSA2",
      sign: sha256(text, alipayKeys.privateKey),
    };
    expect(verifyNotification(alipayKeys.publicKey, form)).toBe(true);
    expect(sdk.checkNotifySignV2(form)).toBe(true);
  });

  it("fails for any changed, added or missing value", () => {
    const form = signedForm(fields);
    const changes: Record<string, string>[] = [
      { total_amount: "880.00" },
      { body: "new" },
      { extra: "1" },
      { subject: "" },
      { sign: "" },
      { sign: "§" },
    ];
    for (const change of changes) {
      expect(verifyNotification(alipayKeys.publicKey, { ...form, ...change })).toBe(false);
    }
  });

  it("does not accept SHA-1, even when it verifies", () => {
    const text = canonicalText(fields);
    const sign = createSign("RSA-SHA1").update(text, "utf8").sign(alipayKeys.privateKey, "base64");
    expect(verifyNotification(alipayKeys.publicKey, { ...fields, sign_type: "RSA", sign })).toBe(false);
  });

  it("agrees with the official SDK on any form with values", () => {
    const form = fc.dictionary(fc.stringMatching(/^[a-z_]{1,10}$/), fc.string({ minLength: 1, maxLength: 20 }), {
      maxKeys: 8,
    });
    fc.assert(
      fc.property(form, (plain) => {
        const signed = signedForm(plain);
        expect(verifyNotification(alipayKeys.publicKey, signed)).toBe(true);
        expect(sdk.checkNotifySignV2(signed)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
