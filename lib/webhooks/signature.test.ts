import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { newSecret } from "./secrets.ts";
import { signedHeaders } from "./signature.ts";

it("signs as the reference library does, whatever the body", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.date({ min: new Date(0), noInvalidDate: true }), (body, at) => {
      const secret = newSecret();
      const headers = signedHeaders("evt_1", at, body, [secret]);
      expect(headers["webhook-signature"]).toBe(new Webhook(secret).sign("evt_1", at, body));
      expect(headers["webhook-timestamp"]).toBe(String(Math.floor(at.getTime() / 1_000)));
    }),
  );
});

it("is accepted with either of two secrets, and with no third", () => {
  const [old, present, other] = [newSecret(), newSecret(), newSecret()];
  const headers = signedHeaders("evt_1", new Date(), '{"a":1}', [present, old]);
  expect(new Webhook(old).verify('{"a":1}', headers)).toEqual({ a: 1 });
  expect(new Webhook(present).verify('{"a":1}', headers)).toEqual({ a: 1 });
  expect(() => new Webhook(other).verify('{"a":1}', headers)).toThrow("No matching signature");
  expect(() => new Webhook(present).verify('{"a":2}', headers)).toThrow("No matching signature");
});

it("makes secrets of the form and length that the specification asks for", () => {
  const secret = newSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
});
