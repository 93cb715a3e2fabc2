/**
 * The few forms of RFC 8941 (structured fields) that signatures come in. Anything else is undefined: a text that two
 * readers could understand differently must not be verified.
 */

export type Bare = string | number | boolean;

/** A member of Signature-Input: which components are covered, and the parameters. */
export interface SignatureInput {
  readonly components: readonly string[];
  readonly parameters: Readonly<Record<string, Bare>>;
  /** As it was sent: this very text is what was signed. */
  readonly text: string;
}

const key = String.raw`[a-z*][a-z0-9_\-.*]*`;
const string = String.raw`"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"`;
const parameter = new RegExp(String.raw`;\s*(${key})(?:=(${string}|-?\d{1,15}|\?[01]))?`, "y");
const member = new RegExp(
  String.raw`(${key})=(\(((?:\s*${string})*)\s*\)((?:;\s*${key}(?:=(?:${string}|-?\d{1,15}|\?[01]))?)*))`,
  "y",
);
const separator = /[ \t]*,[ \t]*/y;

/** Reads Signature-Input: a dictionary of inner lists of strings. Components with parameters of their own are not taken. */
export function readSignatureInput(text: string): ReadonlyMap<string, SignatureInput> | undefined {
  return readDictionary(text, member, ([, name = "", whole = "", list = "", tail = ""]) => {
    const components = [...list.matchAll(new RegExp(string, "g"))].map(([quoted]) => unquote(quoted));
    return [name, { components, parameters: readParameters(tail), text: whole }];
  });
}

const byteMember = new RegExp(`(${key})=:([A-Za-z0-9+/]*={0,2}):`, "y");

/** Reads Signature or Content-Digest: a dictionary of byte sequences. */
export function readByteDictionary(text: string): ReadonlyMap<string, Buffer> | undefined {
  return readDictionary(text, byteMember, ([, name = "", base64 = ""]) => [name, Buffer.from(base64, "base64")]);
}

function readDictionary<V>(
  text: string,
  one: RegExp,
  read: (match: RegExpExecArray) => readonly [string, V],
): ReadonlyMap<string, V> | undefined {
  const whole = text.trim();
  const found = new Map<string, V>();
  for (let at = 0; at < whole.length; ) {
    if (found.size > 0) {
      const comma = matchAt(separator, whole, at);
      if (!comma) return undefined;
      at += comma[0].length;
    }
    const match = matchAt(one, whole, at);
    if (!match) return undefined;
    const [name, value] = read(match);
    if (found.has(name)) return undefined;
    found.set(name, value);
    at += match[0].length;
  }
  return found;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readParameters(text: string): Record<string, Bare> {
  const found: Record<string, Bare> = {};
  for (let at = 0; at < text.length; ) {
    const match = matchAt(parameter, text, at);
    if (!match) break;
    const [all, name = "", value] = match;
    found[name] = readBare(value);
    at += all.length;
  }
  return found;
}

function readBare(text: string | undefined): Bare {
  if (text === undefined || text === "?1") return true;
  if (text === "?0") return false;
  return text.startsWith('"') ? unquote(text) : Number(text);
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
}
