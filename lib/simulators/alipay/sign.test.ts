import { createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { formEncode, percentDecode } from "./charset.ts";
import { notificationText, requestText, rsa2Sign, rsa2Verify } from "./sign.ts";
import { vector } from "./testing/vectors.ts";

const opensslKey = createPublicKey(vector.publicKey);

describe("the text that is signed", () => {
  it("is every non-empty parameter but sign, in ASCII order, raw, joined by &", () => {
    expect(requestText(vector.fields)).toBe(vector.text);
  });

  it("leaves out sign_type too in notifications", () => {
    expect(notificationText(vector.fields)).toBe(vector.text.replace("&sign_type=RSA2", ""));
  });

  it("orders by byte, so capitals and underscores come where ASCII has them", () => {
    expect(requestText({ b: "1", a_b: "2", aB: "3", B: "4", a: "5" })).toBe("B=4&a=5&aB=3&a_b=2&b=1");
  });
});

describe("RSA2", () => {
  it("accepts what OpenSSL signed over UTF-8 bytes", () => {
    expect(rsa2Verify(vector.text, "utf-8", opensslKey, vector.utf8Signature)).toBe(true);
  });

  it("accepts what OpenSSL signed over GBK bytes only when told that it is GBK", () => {
    expect(rsa2Verify(vector.text, "GBK", opensslKey, vector.gbkSignature)).toBe(true);
    expect(rsa2Verify(vector.text, "utf-8", opensslKey, vector.gbkSignature)).toBe(false);
  });

  it.each([
    ["another text", `${vector.text} `, vector.utf8Signature],
    ["a cut signature", vector.text, vector.utf8Signature.slice(0, 300)],
    ["no base64", vector.text, "not a signature"],
  ])("refuses %s", (_, text, signature) => {
    expect(rsa2Verify(text, "utf-8", opensslKey, signature)).toBe(false);
  });

  it("signs PKCS #1 v1.5 with SHA-256, which any other reading of the rule verifies", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signature = await rsa2Sign(vector.text, "utf-8", privateKey);
    expect(createVerify("RSA-SHA256").update(vector.text, "utf8").verify(publicKey, signature, "base64")).toBe(true);
  });
});

describe("form encoding", () => {
  it("keeps unreserved characters, turns a space to + and every other byte to %XX", () => {
    expect(formEncode({ "a-b": "x y*&=+%", zh: "茶" }, "utf-8")).toBe("a-b=x+y*%26%3D%2B%25&zh=%E8%8C%B6");
  });

  it("encodes over the charset's bytes and reads back the same", () => {
    const encoded = formEncode({ zh: "茶" }, "gbk");
    expect(encoded).toBe("zh=%B2%E8");
    expect(iconv.decode(percentDecode(encoded.slice(3)), "gbk")).toBe("茶");
  });
});
