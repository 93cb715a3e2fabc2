import { describe, expect, it } from "vitest";
import { parseAllowList } from "#lib/http-safe/addresses";
import { AppError } from "#lib/kernel/errors";
import { checkWebhookUrl } from "./url.ts";

const none = parseAllowList("");
const check = (url: string, livemode = false, allowed = none) => checkWebhookUrl(url, { livemode, allowed });

function refusal(url: string, livemode = false) {
  try {
    check(url, livemode);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, param: error.param, kind: error.kind, ...error.detail };
    throw error;
  }
  throw new Error(`${url} was let through`);
}

describe("checkWebhookUrl", () => {
  it("lets public addresses through in their normal form", () => {
    expect(check("https://shop.example/hook?x=1", true)).toBe("https://shop.example/hook?x=1");
    expect(check("HTTPS://Shop.Example:443/a/../hook")).toBe("https://shop.example/hook");
    expect(check("https://茶.example/")).toBe("https://xn--cl1a.example/");
    expect(check("http://shop.example:8080/")).toBe("http://shop.example:8080/");
    expect(check("https://1.1.1.1/")).toBe("https://1.1.1.1/");
  });

  it.each([
    ["not an address", "malformed"],
    ["/hook", "malformed"],
    ["https://", "malformed"],
    ["ftp://shop.example/", "scheme"],
    ["javascript:alert(1)", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["https://user:secret@shop.example/", "credentials"],
    ["https://user@shop.example/", "credentials"],
    ["https://shop.example/#part", "fragment"],
    ["https://shop.example/#", "fragment"],
    [`https://shop.example/${"x".repeat(2_048)}`, "too_long"],
  ])("calls %s invalid: %s", (url, reason) => {
    expect(refusal(url)).toEqual({ code: "webhook_url_invalid", param: "url", kind: "invalid_request", reason });
  });

  it("wants https in live mode", () => {
    expect(refusal("http://shop.example/", true)).toMatchObject({
      code: "webhook_url_invalid",
      reason: "https_required",
    });
  });

  it.each([
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST:3000/",
    "http://shop.localhost/",
    "http://127.0.0.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.1.2.3/",
    "http://metadata.google.internal/",
    "http://printer.local/",
    "http://database/",
    "http://router.home.arpa/",
  ])("refuses %s", (url) => {
    expect(refusal(url)).toMatchObject({ code: "webhook_url_refused", param: "url", kind: "invalid_request" });
  });

  it("lets through what the allow list opens", () => {
    const allowed = parseAllowList("127.0.0.1/32");
    expect(check("http://127.0.0.1:4000/", false, allowed)).toBe("http://127.0.0.1:4000/");
    expect(check("http://localhost:4000/", false, allowed)).toBe("http://localhost:4000/");
    expect(() => check("http://10.0.0.1/", false, allowed)).toThrow("webhook_url_refused");
  });
});
