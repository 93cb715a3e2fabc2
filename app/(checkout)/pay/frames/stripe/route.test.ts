import { describe, expect, it } from "vitest";
import { GET } from "./route.ts";

const page = (query: string) => GET(new Request(`http://pay.test/pay/frames/stripe?${query}`));

describe("the card frame of a real Stripe account", () => {
  it("lets only Stripe's script run, and only our own pages hold it", async () => {
    const answer = page("key=pk_test_abc&locale=zh-CN&theme=dark");
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors 'self'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    const html = await answer.text();
    expect([...html.matchAll(/<script/g)]).toHaveLength(
      [...html.matchAll(new RegExp(`nonce="${nonce?.replaceAll("+", "\\+")}"`, "g"))].length - 1,
    );
    expect(html).toContain('lang="zh"');
  });

  it.each(["", "key=sk_live_abc", "key=pk_test_%22%3E%3Cscript%3E"])("answers nothing to %j", (query) => {
    expect(page(query).status).toBe(404);
  });
});
