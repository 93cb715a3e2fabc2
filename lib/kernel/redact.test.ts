import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

describe("card numbers", () => {
  it.each([
    ["Visa", "4242424242424242", "424242…4242"],
    ["with spaces", "4242 4242 4242 4242", "424242…4242"],
    ["with hyphens", "5555-5555-5555-4444", "555555…4444"],
    ["Mastercard's newer range", "2223003122003222", "222300…3222"],
    ["American Express", "378282246310005", "378282…0005"],
    ["UnionPay, 19 digits", "6205500000000000004", "620550…0004"],
    ["as a number in JSON", '{"n":4242424242424242}', '{"n":"424242…4242"}'],
    ["behind a line break in JSON", '"card:\\n4242 4242 4242 4242"', '"card:\\n424242…4242"'],
    ["in a URL's encoded JSON", "q=%224242424242424242%22", "q=%22424242…4242%22"],
    ["in a URL, with its spaces", "n=4242%204242%204242%204242&m=5555+5555+5555+4444", "n=424242…4242&m=555555…4444"],
    ["with a check number that makes it a longer one", "4242 4242 4242 4242 006", "424242…4242"],
    ["twice", "4242424242424242, 5555555555554444", "424242…4242, 555555…4444"],
    ["with its expiry behind it", "4242424242424242 12/27", "424242…4242 12/27"],
    ["in groups, with its expiry", "4242 4242 4242 4242 12-27 123", "424242…4242 12-27 123"],
    ["behind another number", "17 4242424242424242", "17 424242…4242"],
    ["in a query", "/v1/orders?q=4242424242424242", "/v1/orders?q=424242…4242"],
  ])("%s", (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it.each([
    ["a wrong check digit", "4242424242424241"],
    ["an order number that begins with a date", "20260301070000000017"],
    ["milliseconds", "1795229629504"],
    ["an id of ours", "ord_7k2m9xqa4242424242424242p5r7"],
    ["an amount", '{"amount":880000}'],
    ["a longer run of digits", "42424242424242424242424242"],
  ])("leaves %s alone", (_what, text) => {
    expect(redact(text)).toBe(text);
  });
});

describe("secrets", () => {
  it.each([
    [
      "a password",
      '{"email":"a@b.example","password":"hunter\\"2"}',
      '{"email":"a@b.example","password":"[redacted]"}',
    ],
    ["a key that was made", '{"label":"Shop","key":"sk_test_abc"}', '{"label":"Shop","key":"[redacted]"}'],
    [
      "credentials, whatever is in them",
      '{"credentials":{"a":"1","b":"2"},"c":3}',
      '{"credentials":"[redacted]","c":3}',
    ],
    ["a check number", '{"cvc": 123}', '{"cvc": "[redacted]"}'],
    ["a list of codes", '{"recovery_codes":["a","b"]}', '{"recovery_codes":"[redacted]"}'],
    ["a value broken off by the end", '{"secret":"whse', '{"secret":"[redacted]"'],
    ["an object broken off by the end", '{"credentials":{"a":"1', '{"credentials":"[redacted]"'],
    ["a query's", "/v1/x?token=abc&limit=2", "/v1/x?token=[redacted]&limit=2"],
    ["our key in free text", `paste: sk_test_7k2m${"9".repeat(36)}`, "paste: sk_test_7k2m…[redacted]"],
    ["a webhook secret in free text", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "[redacted]"],
    ["a header", "Authorization: Bearer abcdefghijkl", "Authorization: Bearer [redacted]"],
    ["a private key", "-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY----- after", "[redacted] after"],
    ["a private key broken off", "-----BEGIN RSA PRIVATE KEY-----\nMC4C", "[redacted]"],
  ])("%s", (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it("leaves ordinary fields alone", () => {
    const text = '{"object":"api_key","kind":"secret","hint":"sk_test_7k2m…x4fq","tokenised":true,"monkey":"tail"}';
    expect(redact(text)).toBe(text);
  });

  it("takes time that grows with the text and not faster", () => {
    const nasty = `{"secret":"${'\\"'.repeat(50_000)}`;
    const startedAt = performance.now();
    redact(nasty);
    redact("4 ".repeat(50_000));
    redact("42424242".repeat(10_000));
    redact('"credentials":{'.repeat(5_000));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
