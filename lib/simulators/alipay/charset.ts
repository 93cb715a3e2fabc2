import iconv from "iconv-lite";

/** The charsets that the gateway speaks, by the names it takes in `charset`. */
const encodings = new Map([
  ["utf-8", "utf8"],
  ["utf8", "utf8"],
  ["gbk", "gbk"],
  ["gb2312", "gbk"],
  ["gb18030", "gb18030"],
]);

export function isCharset(name: string): boolean {
  return encodings.has(name.toLowerCase());
}

export function encode(text: string, charset: string): Buffer {
  const encoding = encodings.get(charset.toLowerCase()) ?? "utf8";
  return encoding === "utf8" ? Buffer.from(text, "utf8") : iconv.encode(text, encoding);
}

export function decode(bytes: Buffer, charset: string): string {
  const encoding = encodings.get(charset.toLowerCase()) ?? "utf8";
  return encoding === "utf8" ? bytes.toString("utf8") : iconv.decode(bytes, encoding);
}

const unreserved = /^[A-Za-z0-9*\-._]$/;

/** A value of a form or query in the given charset (WHATWG form encoding, over that charset's bytes). */
export function percentEncode(text: string, charset: string): string {
  let encoded = "";
  for (const byte of encode(text, charset)) {
    const character = String.fromCharCode(byte);
    if (unreserved.test(character)) encoded += character;
    else encoded += byte === 0x20 ? "+" : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

export function formEncode(fields: Readonly<Record<string, string>>, charset: string): string {
  return Object.entries(fields)
    .map(([name, value]) => `${percentEncode(name, charset)}=${percentEncode(value, charset)}`)
    .join("&");
}

/** The bytes behind one percent-encoded name or value; `text` holds one byte a character. */
export function percentDecode(text: string): Buffer {
  const plain = text
    .replaceAll("+", " ")
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}
