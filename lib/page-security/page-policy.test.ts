import { describe, expect, it } from "vitest";
import { contentPolicy, pageHeaders, pageKindOf } from "./page-policy.ts";

const production = { isDevelopment: false, isSecure: true };

describe("a page's policy", () => {
  it.each([
    ["/pay/ord_1", "checkout"],
    ["/branding-preview", "checkout_preview"],
    ["/dashboard", "desk"],
    ["/dashboard/orders/ord_1", "desk"],
    ["/console", "desk"],
    ["/consoles", "site"],
    ["/", "site"],
    ["/payments", "site"],
    ["/sandbox/wechatpay", "site"],
  ])("takes %s for %s", (path, kind) => {
    expect(pageKindOf(path)).toBe(kind);
  });

  it.each(["checkout", "checkout_preview", "desk", "site"] as const)(
    "runs no script without the nonce on a %s page",
    (kind) => {
      const policy = contentPolicy(kind, "abc", production);
      expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      for (const rule of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "connect-src 'self'"]) {
        expect(policy).toContain(rule);
      }
    },
  );

  it("takes no style without the nonce on the checkout, and no attribute either", () => {
    expect(contentPolicy("checkout", "abc", production)).toMatch(/style-src 'self' 'nonce-abc';/);
    expect(contentPolicy("checkout", "abc", production)).not.toContain("unsafe-inline");
  });

  it("lets nobody put a page into a frame, but us the preview", () => {
    expect(pageHeaders("checkout", "abc", production)).toMatchObject({ "x-frame-options": "DENY" });
    expect(contentPolicy("desk", "abc", production)).toContain("frame-ancestors 'none'");
    expect(contentPolicy("checkout_preview", "abc", production)).toContain("frame-ancestors 'self'");
  });

  it("asks for https where people come by https, and only there", () => {
    expect(pageHeaders("site", "abc", production)["strict-transport-security"]).toMatch(/^max-age=31536000/);
    expect(pageHeaders("site", "abc", { ...production, isSecure: false })).not.toHaveProperty(
      "strict-transport-security",
    );
  });
});
