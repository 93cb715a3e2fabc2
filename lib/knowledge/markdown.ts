/** A part of a line. */
export type Inline =
  | { readonly kind: "text" | "strong" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly inline: readonly Inline[] }
  | { readonly kind: "paragraph" | "quote"; readonly inline: readonly Inline[] }
  | { readonly kind: "list"; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly text: string };

const listItem = /^(?:([-*])|\d{1,3}\.)\s+(.*)$/;
const fence = /^```/;

/**
 * The part of Markdown that articles are written in: headings, paragraphs, lists, quotes, code, emphasis, links. The
 * result is data: whatever else stands in the text, HTML above all, is text.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = (lines[at] ?? "").trimEnd();
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const taken = takeCode(lines, at) ?? takeHeading(line) ?? takeQuote(lines, at) ?? takeList(lines, at);
    const { block, used } = taken ?? takeParagraph(lines, at);
    blocks.push(block);
    at += used;
  }
  return blocks;
}

interface Taken {
  readonly block: Block;
  readonly used: number;
}

function takeCode(lines: readonly string[], at: number): Taken | undefined {
  if (!fence.test(lines[at] ?? "")) return undefined;
  const end = lines.findIndex((line, index) => index > at && fence.test(line));
  const last = end === -1 ? lines.length : end;
  return { block: { kind: "code", text: lines.slice(at + 1, last).join("\n") }, used: last - at + 1 };
}

function takeHeading(line: string): Taken | undefined {
  const [, marks, text] = /^(#{1,6})\s+(.+)$/.exec(line) ?? [];
  if (!marks || !text) return undefined;
  // The page's title is its first heading already.
  return { block: { kind: "heading", level: marks.length > 2 ? 3 : 2, inline: parseInline(text) }, used: 1 };
}

function takeQuote(lines: readonly string[], at: number): Taken | undefined {
  const quoted = countWhile(lines, at, (line) => line.startsWith(">"));
  if (quoted === 0) return undefined;
  const text = lines.slice(at, at + quoted).map((line) => line.replace(/^>\s?/, ""));
  return { block: { kind: "quote", inline: parseInline(joined(text)) }, used: quoted };
}

function takeList(lines: readonly string[], at: number): Taken | undefined {
  const first = listItem.exec(lines[at] ?? "");
  if (!first) return undefined;
  const isOrdered = first[1] === undefined;
  const items: string[] = [];
  let used = 0;
  for (const line of lines.slice(at)) {
    const item = listItem.exec(line);
    if (item && (item[1] === undefined) === isOrdered) items.push(item[2] ?? "");
    // A line that is indented goes on with the item above.
    else if (/^\s+\S/.test(line)) items.push(joined([items.pop() ?? "", line.trim()]));
    else break;
    used += 1;
  }
  return { block: { kind: "list", isOrdered, items: items.map(parseInline) }, used };
}

function takeParagraph(lines: readonly string[], at: number): Taken {
  const isOwn = (line: string) =>
    fence.test(line) || /^#{1,6}\s/.test(line) || line.startsWith(">") || listItem.test(line);
  const used = 1 + countWhile(lines, at + 1, (line) => line.trim() !== "" && !isOwn(line));
  const text = lines.slice(at, at + used).map((line) => line.trim());
  return { block: { kind: "paragraph", inline: parseInline(joined(text)) }, used };
}

function countWhile(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= from && !holds(line));
  return (end === -1 ? lines.length : end) - from;
}

/** Chinese lines follow each other without a space. */
function joined(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (text === "") return line;
    return /[\p{Script=Han}，。；：！？、）」]$/u.test(text) && /^[\p{Script=Han}（「]/u.test(line)
      ? text + line
      : `${text} ${line}`;
  }, "");
}

const inlineMark = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^()\s]+\))/;

function parseInline(text: string): Inline[] {
  return text
    .split(inlineMark)
    .filter((part) => part !== "")
    .map((part): Inline => {
      if (part.length > 4 && part.startsWith("**") && part.endsWith("**"))
        return { kind: "strong", text: part.slice(2, -2) };
      if (part.length > 2 && part.startsWith("`") && part.endsWith("`"))
        return { kind: "code", text: part.slice(1, -1) };
      const [, words, href] = /^\[([^\]]+)\]\(([^()\s]+)\)$/.exec(part) ?? [];
      return words && href && isSafeAddress(href) ? { kind: "link", text: words, href } : { kind: "text", text: part };
    });
}

/** Our own pages and the web: no script, no data, no address without its scheme that leads elsewhere. */
export function isSafeAddress(href: string): boolean {
  return /^\/(?![/\\])/.test(href) || /^https:\/\/[\w.-]+(?:[:/?#]|$)/.test(href);
}

/** The text alone, for the index and for excerpts. */
export function plainText(source: string): string {
  return parseMarkdown(source)
    .map((block) => {
      if (block.kind === "code") return block.text;
      const lines = block.kind === "list" ? block.items : [block.inline];
      return lines.map((line) => line.map(({ text }) => text).join("")).join(" ");
    })
    .join(" ");
}
