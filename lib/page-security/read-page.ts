/** One script element of a page. */
export interface ScriptElement {
  /** As the page names it; undefined for one whose text stands in the page. */
  readonly source: string | undefined;
  readonly nonce: string | undefined;
  readonly integrity: string | undefined;
  /** Data for other scripts, which no browser runs. */
  readonly isData: boolean;
  readonly text: string;
}

export interface ReceivedPage {
  readonly status: number;
  readonly headers: Headers;
  readonly scripts: readonly ScriptElement[];
  /** Attributes like `onclick`, and links that run a script: none is ours. */
  readonly handlers: readonly string[];
}

/** What an answer's HTML makes a browser run. Read as text, which finds more than a browser would run, never less. */
export function readPage(status: number, headers: Headers, html: string): ReceivedPage {
  const scripts = [...html.matchAll(/<script\b((?:"[^"]*"|'[^']*'|[^>"'])*)>(.*?)<\/script\s*>/gis)].map(
    ([, attributes = "", text = ""]): ScriptElement => ({
      source: attribute(attributes, "src"),
      nonce: attribute(attributes, "nonce"),
      integrity: attribute(attributes, "integrity"),
      isData: /^application\/(?:json|ld\+json)$/i.test(attribute(attributes, "type") ?? ""),
      text,
    }),
  );
  const markup = html.replaceAll(/(<script\b(?:"[^"]*"|'[^']*'|[^>"'])*>).*?<\/script\s*>/gis, "$1");
  const tags = markup.match(/<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi) ?? [];
  const handlers = tags.flatMap((tag) =>
    [
      ...tag
        .replaceAll(/=\s*(?:"[^"]*"|'[^']*')/g, (value) => (/javascript:/i.test(value) ? value : "="))
        .matchAll(/\s(on[a-z]+)\s*=|(javascript:)/gi),
    ].map((match) => (match[1] ?? match[2] ?? "").toLowerCase()),
  );
  return { status, headers, scripts, handlers };
}

function attribute(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value?.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#x2F;", "/");
}
