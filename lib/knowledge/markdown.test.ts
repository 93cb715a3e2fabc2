import { describe, expect, it } from "vitest";
import { isSafeAddress, parseMarkdown, plainText } from "./markdown.ts";

describe("markdown", () => {
  it("reads headings, paragraphs, lists, quotes and code", () => {
    const source = "## Steps\n\nFirst\nline\n\n1. one\n2. two\n   more\n\n> mind\n\n- a\n- b\n\n```\n<b>x</b>\n```\n";
    expect(parseMarkdown(source)).toEqual([
      { kind: "heading", level: 2, inline: [{ kind: "text", text: "Steps" }] },
      { kind: "paragraph", inline: [{ kind: "text", text: "First line" }] },
      {
        kind: "list",
        isOrdered: true,
        items: [[{ kind: "text", text: "one" }], [{ kind: "text", text: "two more" }]],
      },
      { kind: "quote", inline: [{ kind: "text", text: "mind" }] },
      { kind: "list", isOrdered: false, items: [[{ kind: "text", text: "a" }], [{ kind: "text", text: "b" }]] },
      { kind: "code", text: "<b>x</b>" },
    ]);
  });

  it("reads emphasis, code and links within a line", () => {
    expect(parseMarkdown("See **this**, `that` and [here](/docs/api).")).toEqual([
      {
        kind: "paragraph",
        inline: [
          { kind: "text", text: "See " },
          { kind: "strong", text: "this" },
          { kind: "text", text: ", " },
          { kind: "code", text: "that" },
          { kind: "text", text: " and " },
          { kind: "link", text: "here", href: "/docs/api" },
          { kind: "text", text: "." },
        ],
      },
    ]);
  });

  it.each([
    "javascript:alert(1)",
    "//evil.example",
    "/\\evil.example",
    "data:text/html,x",
    "http://a.example",
    "https://",
  ])("makes no link of %s", (href) => {
    expect(isSafeAddress(href)).toBe(false);
    const [block] = parseMarkdown(`[go](${href})`);
    expect(block).not.toMatchObject({ inline: [{ kind: "link" }] });
  });

  it("keeps HTML as the text that it is", () => {
    const html = "<img src=x onerror=alert(1)>";
    expect(parseMarkdown(html)).toEqual([{ kind: "paragraph", inline: [{ kind: "text", text: html }] }]);
  });

  it("joins Chinese lines without a space, and keeps every letter in the plain text", () => {
    expect(plainText("退款\n到账\n\n- `order.paid` **已付**")).toBe("退款到账 order.paid 已付");
  });

  it("ends with an open fence, a lone mark and an empty text", () => {
    expect(parseMarkdown("```\nrest")).toEqual([{ kind: "code", text: "rest" }]);
    expect(parseMarkdown("**")).toEqual([{ kind: "paragraph", inline: [{ kind: "text", text: "**" }] }]);
    expect(parseMarkdown("\n \n")).toEqual([]);
  });
});
