export type FileType = "image/png" | "image/jpeg" | "application/pdf" | "text/plain" | "text/csv";

const beginnings: readonly (readonly [FileType, Buffer])[] = [
  ["image/png", Buffer.from("89504e470d0a1a0a", "hex")],
  ["image/jpeg", Buffer.from("ffd8ff", "hex")],
  ["application/pdf", Buffer.from("%PDF-", "latin1")],
];

/**
 * What a file is by its bytes; the name only tells tables from other text. Nothing that a browser would run: no HTML, no
 * SVG, no archive.
 */
export function readFileType(bytes: Buffer, name: string): FileType | undefined {
  const known = beginnings.find(([, start]) => bytes.subarray(0, start.length).equals(start));
  if (known) return known[0];
  if (bytes.length === 0 || !isText(bytes)) return undefined;
  if (/\.csv$/i.test(name)) return "text/csv";
  return /\.(txt|log)$/i.test(name) ? "text/plain" : undefined;
}

/** Tab, line feed, carriage return, escape-free: anything below is of a binary format. */
function isText(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  // Chinese spreadsheets still write their tables in GB 18030.
  return ["utf-8", "gb18030"].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  });
}
