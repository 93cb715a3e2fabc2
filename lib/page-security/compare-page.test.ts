import { describe, expect, it } from "vitest";
import { findHeaderChanges, findNonceChanges, findScriptChanges, type PageChange } from "./compare-page.ts";
import { pageHeaders } from "./page-policy.ts";
import { type AuthorisedScript, sha384 } from "./read-build.ts";
import { readPage } from "./read-page.ts";

const code = "console.log('pay')";
const authorised: AuthorisedScript[] = [
  { page: "checkout", source: "/_next/static/a.js", owner: "product", reason: "the checkout", sha384: sha384(code) },
];
const surroundings = { isDevelopment: false, isSecure: true };
const expected = pageHeaders("checkout", "n1", surroundings);
const good = `<script src="/_next/static/a.js?dpl=1" async="" nonce="n1" integrity="sha384-${sha384(code)}"></script>
<script nonce="n1">(self.__next_f=self.__next_f||[]).push([0])</script>
<script nonce="n1">self.__next_f.push([1,"a \\"b\\" onclick=1"])</script>
<script nonce="n1">requestAnimationFrame(function(){$RT=performance.now()});</script>
<script nonce="n1" id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"runtimeModuleIds":[1]});</script>
<script type="application/json">{"any":"data"}</script>`;

function look(html: string, served = code): PageChange[] {
  const page = readPage(200, new Headers(expected), `<!doctype html><body>${html}</body>`);
  const loaded = new Map(page.scripts.map(({ source = "" }) => [source, Buffer.from(served)]));
  return [...findScriptChanges(page, authorised, loaded), ...findNonceChanges(page)];
}

describe("the scripts of a payment page", () => {
  it("are as authorised", () => {
    expect(look(good)).toEqual([]);
  });

  it.each<[string, string, PageChange]>([
    [
      "from elsewhere",
      '<script src="https://evil.example/a.js"></script>',
      { code: "script_added", subject: "https://evil.example/a.js" },
    ],
    [
      "of ours that the page has no need for",
      "<script src=/_next/static/b.js></script>",
      { code: "script_added", subject: "/_next/static/b.js" },
    ],
    ["in the page", '<script nonce="n1">steal()</script>', { code: "inline_script_added", subject: "steal()" }],
    [
      "behind the page's data",
      '<script nonce="n1">self.__next_f.push([1,"a"]);steal()</script>',
      { code: "inline_script_added", subject: 'self.__next_f.push([1,"a"]);steal()' },
    ],
    [
      "inside of the page's data",
      '<script nonce="n1">self.__next_f.push([1,steal()])</script>',
      { code: "inline_script_added", subject: "self.__next_f.push([1,steal()])" },
    ],
    [
      "that the page's data names",
      '<script nonce="n1">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["static/chunks/evil.js"]});</script>',
      { code: "script_added", subject: "/_next/static/chunks/evil.js" },
    ],
    ["in an attribute", '<img src="x" onerror="steal()">', { code: "handler_added", subject: "onerror" }],
    ["in a link", '<a href="javascript:steal()">x</a>', { code: "handler_added", subject: "javascript:" }],
  ])("an added one is found: %s", (_, html, change) => {
    expect(look(good + html)).toEqual([change]);
  });

  it("an altered one is found", () => {
    expect(look(good, `${code};steal()`)).toEqual([{ code: "script_altered", subject: "/_next/static/a.js?dpl=1" }]);
  });

  it("one with another integrity attribute is found, and one with another nonce", () => {
    expect(look(good.replace(/integrity="[^"]*"/, 'integrity="sha384-other"'))).toMatchObject([
      { code: "integrity_wrong" },
    ]);
    expect(look(good.replace(/ integrity="[^"]*"/, ""))).toEqual([]);
    expect(look(good.replace('nonce="n1"', 'nonce="n2"'))).toMatchObject([{ code: "inline_script_added" }]);
  });
});

describe("the headers of a payment page", () => {
  const changes = (change: (headers: Headers) => void) => {
    const headers = new Headers(pageHeaders("checkout", "another", surroundings));
    change(headers);
    return findHeaderChanges(headers, expected);
  };

  it("are the same whatever the nonce", () => {
    expect(changes(() => {})).toEqual([]);
  });

  it.each(Object.keys(expected))("a missing one is found: %s", (name) => {
    expect(changes((headers) => headers.delete(name))).toEqual([{ code: "header_missing", subject: name }]);
  });

  it("a weaker policy is found", () => {
    const weaker = (headers: Headers) =>
      headers.set("content-security-policy", `${expected["content-security-policy"]}; script-src-elem *`);
    expect(changes(weaker)).toEqual([{ code: "header_changed", subject: "content-security-policy" }]);
  });
});
