import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, openOrder } from "#lib/testing/shop";
import { readImage } from "./read-image.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  key = await merchant.key();
});
afterAll(() => platform.end());

/** A PNG as far as a reader of its head can tell. */
function png(width: number, height: number, filler = 0): Buffer {
  const head = Buffer.alloc(33);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([head, deflateSync(Buffer.alloc(8)), Buffer.alloc(filler)]);
}

const upload = (bytes: Buffer) => platform.call(key, "POST", "/v1/branding/logos", { data: bytes.toString("base64") });

describe("reading a picture's head", () => {
  it.each([
    ["a PNG", png(64, 32), { contentType: "image/png", width: 64, height: 32 }],
    [
      "a JPEG whose frame comes after another segment",
      Buffer.from("ffd8ffe000080000000000 00ffc0000b080040002001011100".replaceAll(" ", ""), "hex"),
      { contentType: "image/jpeg", width: 32, height: 64 },
    ],
    [
      "a lossless WebP",
      Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8L\0\0\0\0/"), Buffer.from("3fc00f0000000000000000", "hex")]),
      { contentType: "image/webp", width: 64, height: 64 },
    ],
    [
      "an extended WebP",
      Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8X"), Buffer.from("0a0000000000000063000031000000", "hex")]),
      { contentType: "image/webp", width: 100, height: 50 },
    ],
  ])("tells type and size of %s", (_, bytes, facts) => {
    expect(readImage(bytes)).toEqual(facts);
  });

  it.each([
    ["an SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")],
    ["a page", Buffer.from("<!doctype html>")],
    ["a PNG cut off", png(64, 32).subarray(0, 20)],
    ["a JPEG without a frame", Buffer.from("ffd8ffd9", "hex")],
    ["a JPEG whose segment leads past the end", Buffer.from("ffd8ffe0ffff000000000000", "hex")],
    ["nothing", Buffer.alloc(0)],
  ])("knows nothing of %s", (_, bytes) => {
    expect(readImage(bytes)).toBeUndefined();
  });
});

describe("the logo", () => {
  it("is served to everybody at an address that never changes, and can't be anything but a picture", async () => {
    const bytes = png(120, 120);
    const { status, body } = await upload(bytes);
    expect({ status, ...body }).toMatchObject({ status: 201, content_type: "image/png", width: 120, height: 120 });
    const answer = await fetch(`${platform.origin}${body.url}`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
  });

  it.each([
    ["an SVG, whatever it may hold", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), 400, "logo_unreadable"],
    ["one of too many bytes", png(64, 64, 151 * 1024), 413, "logo_too_large"],
    ["one of too many pixels", png(64, 5_000), 413, "logo_too_large"],
  ])("refuses %s", async (_, bytes, status, code) => {
    expect(await upload(bytes)).toMatchObject({ status, body: { code, param: "data" } });
  });

  it("of one merchant is not to be had under another's name, nor used by it", async () => {
    const { body } = await upload(png(10, 11));
    const other = await platform.merchant({}, []);
    const foreign = await fetch(`${platform.origin}/v1/checkout/logos/${other.merchantId}/${body.id}`);
    expect(foreign.status).toBe(404);
    const used = await platform.call(await other.key(), "PATCH", "/v1/branding", { logo: body.id });
    expect(used).toMatchObject({ status: 404, body: { code: "not_found", param: "logo" } });
  });

  it("in use outlives many that were only tried", async () => {
    const { body } = await upload(png(20, 20));
    await platform.call(key, "PATCH", "/v1/branding", { logo: body.id });
    for (let side = 100; side < 112; side++) await upload(png(side, side));
    const kept = await platform.owner`select id from brand_images where merchant_id = ${merchant.merchantId}`;
    expect(kept).toHaveLength(11);
    expect((await fetch(`${platform.origin}${body.url}`)).status).toBe(200);
  });
});

describe("branding", () => {
  it("changes what is given, takes away what is null, and is on the checkout at once", async () => {
    const first = await platform.call(key, "PATCH", "/v1/branding", {
      display_name: "Moon Tea",
      color: "#FFD400",
      support_email: "help@moon.example",
      languages: ["zh-CN", "en"],
    });
    expect(first).toMatchObject({ status: 200, body: { display_name: "Moon Tea", color: "#FFD400" } });
    await platform.call(key, "PATCH", "/v1/branding", { color: null });
    const order = await openOrder(merchant.ctx);
    const { body } = await platform.call(undefined, "GET", `/v1/checkout/${order.id}`);
    expect(body.merchant).toMatchObject({
      name: "Moon Tea",
      color: null,
      support_email: "help@moon.example",
      support_phone: null,
      languages: ["zh-CN", "en"],
    });
    expect(await auditOf(merchant.ctx, merchant.merchantId)).toContain("branding.update by api_key");
  });

  it.each([
    [{ color: "red" }, "color"],
    [{ display_name: " " }, "display_name"],
    [{ support_email: "nobody" }, "support_email"],
    [{ support_phone: "javascript:alert(1)" }, "support_phone"],
    [{ languages: [] }, "languages"],
    [{ logo: "https://elsewhere.example/logo.png" }, "logo"],
  ])("refuses %o", async (change, param) => {
    expect(await platform.call(key, "PATCH", "/v1/branding", change)).toMatchObject({ status: 400, body: { param } });
  });
});

describe("settings", () => {
  it("change for both modes, and new orders go by them", async () => {
    const change = { name: "Moon Tea Ltd", time_zone: "Europe/Berlin", order_lifetime_minutes: 45 };
    const { body } = await platform.call(key, "PATCH", "/v1/settings", { ...change, late_payment: "accept" });
    expect(body).toMatchObject({ ...change, late_payment: "accept", fee_returned_on_refund: true });
    const order = await openOrder(merchant.ctx);
    expect(Math.round((order.expiresAt.getTime() - order.createdAt.getTime()) / 60_000)).toBe(45);
    expect((await loadMerchant(merchant.ctx.with({ livemode: true }))).timeZone).toBe("Europe/Berlin");
    const [entry] = await platform.owner`
      select change from audit_log where merchant_id = ${merchant.merchantId} and verb = 'settings.update'`;
    expect(entry?.change).toMatchObject({
      before: { orderLifetimeMinutes: 30, timeZone: "Asia/Shanghai" },
      after: { orderLifetimeMinutes: 45, timeZone: "Europe/Berlin" },
    });
  });

  it("keep both of two changes that race", async () => {
    await Promise.all([
      platform.call(key, "PATCH", "/v1/settings", { order_lifetime_minutes: 60 }),
      platform.call(key, "PATCH", "/v1/settings", { late_payment: "refund" }),
    ]);
    const { body } = await platform.call(key, "GET", "/v1/settings");
    expect(body).toMatchObject({ order_lifetime_minutes: 60, late_payment: "refund" });
  });

  it.each([
    [{ time_zone: "Mars/Base" }, "time_zone_unknown"],
    [{ time_zone: "+08:00" }, "time_zone_unknown"],
    [{ order_lifetime_minutes: 1 }, "invalid_value"],
    [{ fee_returned_on_refund: false }, "unknown_field"],
  ])("refuse %o", async (change, code) => {
    expect(await platform.call(key, "PATCH", "/v1/settings", change)).toMatchObject({ status: 400, body: { code } });
  });

  it("are not a publishable key's to read", async () => {
    const publishable = await merchant.key("publishable");
    for (const path of ["/v1/settings", "/v1/branding", "/v1/channels"]) {
      expect((await platform.call(publishable, "GET", path)).status).toBe(403);
    }
  });
});
