import type { SignatureInput } from "./fields.ts";

/** A request as a signature sees it. */
export interface SignedMessage {
  readonly method: string;
  /** Absolute, as the client wrote it. */
  readonly url: string;
  /** A field's value; several of one name joined by `, `. */
  header(name: string): string | undefined;
}

/**
 * The text that is signed (RFC 9421, 2.5).
 *
 * @returns undefined when a component is not there, is named twice or is one that we do not know
 */
export function signatureBase(message: SignedMessage, input: SignatureInput): string | undefined {
  const lines: string[] = [];
  if (new Set(input.components).size < input.components.length) return undefined;
  for (const name of input.components) {
    const value = name.startsWith("@") ? derived(name, message) : field(name, message);
    if (value === undefined) return undefined;
    lines.push(`"${name}": ${value}`);
  }
  return [...lines, `"@signature-params": ${input.text}`].join("\n");
}

function field(name: string, message: SignedMessage): string | undefined {
  if (name !== name.toLowerCase()) return undefined;
  // Obsolete line folding and space around values carry no meaning (RFC 9421, 2.1).
  return message
    .header(name)
    ?.trim()
    .replaceAll(/[ \t]*\r?\n[ \t]+/g, " ");
}

/** RFC 9421, 2.2. */
function derived(name: string, { method, url }: SignedMessage): string | undefined {
  const { protocol, host, pathname, search } = new URL(url);
  switch (name) {
    case "@method":
      return method.toUpperCase();
    case "@target-uri":
      return url;
    case "@authority":
      return host;
    case "@scheme":
      return protocol.slice(0, -1);
    case "@request-target":
      return `${pathname}${search}`;
    case "@path":
      return pathname;
    case "@query":
      return search || "?";
    default:
      return undefined;
  }
}
