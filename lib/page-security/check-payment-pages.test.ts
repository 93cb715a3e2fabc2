import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { checkPaymentPages } from "./check-payment-pages.ts";
import { listPageFindings } from "./list-findings.ts";
import { pageHeaders, reportPath } from "./page-policy.ts";
import { type Build, sha384 } from "./read-build.ts";

const code = "pay()";
const build: Build = {
  id: "build-1",
  scripts: [
    { page: "checkout", source: "/_next/a.js", owner: "product", reason: "the checkout", sha384: sha384(code) },
    { page: "card_frame", source: "https://js.stripe.com/v3/", owner: "provider", reason: "card fields", sha384: null },
  ],
};

let platform: Platform;
let server: Server;
let origin = "";
/** What the server before us makes of our answers. */
let alter = { script: code, page: (html: string) => html, headers: (headers: Record<string, string>) => headers };

beforeAll(async () => {
  platform = await startPlatform();
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://shop.example");
    if (pathname === "/_next/a.js") response.end(alter.script);
    else if (pathname.startsWith("/pay/frames/")) {
      response.setHeader("content-security-policy", "default-src 'none'; script-src 'nonce-n' https://js.stripe.com");
      response.end('<script nonce="n" src="https://js.stripe.com/v3/"></script><script nonce="n">card()</script>');
    } else {
      const headers = pageHeaders("checkout", "n", { isDevelopment: false, isSecure: false });
      response.writeHead(200, alter.headers(headers));
      response.end(alter.page(`<script src="/_next/a.js" nonce="n" integrity="sha384-${sha384(code)}"></script>`));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await platform.end();
});
beforeEach(() => {
  alter = { script: code, page: (html) => html, headers: (headers) => headers };
});

const check = async () => Object.fromEntries((await checkPaymentPages(build, origin)).map((c) => [c.page, c.changes]));

describe("looking at the payment pages", () => {
  it("finds nothing on pages that are as authorised, and keeps that it looked", async () => {
    expect(await check()).toEqual({ checkout: [], card_frame: [] });
    const { checks, scripts } = await listPageFindings();
    expect(checks.map(({ page, changes }) => [page, changes])).toEqual([
      ["card_frame", []],
      ["checkout", []],
    ]);
    expect(scripts.map(({ source, reason }) => [source, reason]).sort()).toEqual([
      ["/_next/a.js", "the checkout"],
      ["https://js.stripe.com/v3/", "card fields"],
    ]);
  });

  it("finds an altered script, an added one and a missing header at once", async () => {
    alter = {
      script: `${code};steal()`,
      page: (html) => `${html}<script nonce="n">steal()</script>`,
      headers: ({ "content-security-policy": _, ...rest }) => rest,
    };
    const { checkout } = await check();
    expect(checkout?.map((change) => change.code).sort()).toEqual([
      "header_missing",
      "inline_script_added",
      "inline_script_added",
      "inline_script_added",
      "script_altered",
    ]);
    expect((await listPageFindings()).checks[1]?.changes).toEqual(checkout);
  });

  it("does not let a build that was altered on the disk authorise itself again", async () => {
    alter.script = "evil()";
    const [first, ...rest] = build.scripts;
    const altered = { ...build, scripts: [{ ...first, sha384: sha384("evil()") } as typeof first & object, ...rest] };
    const [checkout] = await checkPaymentPages(altered, origin);
    expect(checkout?.changes).toEqual([{ code: "script_altered", subject: "/_next/a.js" }]);
  });

  it("says so when nothing answers", async () => {
    const [checkout] = await checkPaymentPages(build, "http://127.0.0.1:1");
    expect(checkout?.changes).toEqual([{ code: "page_unreachable", subject: "http://127.0.0.1:1" }]);
  });
});

describe("browsers' reports", () => {
  const report = (body: unknown, type = "application/csp-report") =>
    fetch(platform.origin + reportPath, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(body),
    });
  const violation = (document: string, blocked: string) => ({
    "csp-report": {
      "document-uri": document,
      "effective-directive": "script-src-elem",
      "blocked-uri": blocked,
      "script-sample": "card=4242",
    },
  });

  it("are counted, one row for all that say the same, without the address of the order", async () => {
    for (const order of ["ord_secret1", "ord_secret2"]) {
      const answer = await report(violation(`${platform.origin}/pay/${order}?a=b`, "https://evil.example/x.js?card=1"));
      expect(answer.status).toBe(204);
    }
    const reported = [
      {
        type: "csp-violation",
        body: {
          documentURL: `${platform.origin}/dashboard`,
          effectiveDirective: "style-src-elem",
          blockedURL: "inline",
        },
      },
    ];
    expect((await report(reported, "application/reports+json")).status).toBe(204);
    const { violations } = await listPageFindings();
    expect(
      violations.map(({ kind, directive, blocked, reports }) => [kind, directive, blocked, reports]).sort(),
    ).toEqual([
      ["checkout", "script-src-elem", "https://evil.example", 2],
      ["desk", "style-src-elem", "inline", 1],
    ]);
    expect(JSON.stringify(violations)).not.toMatch(/ord_secret|4242|card=1/);
  });

  it("of other sites, in no known form and of too many bytes leave nothing behind", async () => {
    const { violations: before } = await listPageFindings();
    for (const body of [violation("https://elsewhere.example/", "inline"), { what: "ever" }, "text", null, []]) {
      expect((await report(body)).status).toBe(204);
    }
    expect((await report("x".repeat(40_000))).status).toBe(413);
    expect((await listPageFindings()).violations).toEqual(before);
  });
});
