import type { Context } from "hono";
import { decode, isCharset, percentDecode } from "./charset.ts";
import type { Fields } from "./sign.ts";

const maxBodyBytes = 1_048_576;

type Pair = readonly [name: Buffer, value: Buffer];

function pairs(text: string): Pair[] {
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0
        ? ([percentDecode(part), Buffer.alloc(0)] as const)
        : ([percentDecode(part.slice(0, at)), percentDecode(part.slice(at + 1))] as const);
    });
}

export class BodyTooLarge extends Error {}

async function formPairs(c: Context): Promise<Pair[]> {
  if (c.req.method !== "POST") return [];
  if (!(c.req.header("content-type") ?? "").toLowerCase().startsWith("application/x-www-form-urlencoded")) return [];
  if (Number(c.req.header("content-length") ?? 0) > maxBodyBytes) throw new BodyTooLarge();
  const body = Buffer.from(await c.req.arrayBuffer());
  if (body.length > maxBodyBytes) throw new BodyTooLarge();
  return pairs(body.toString("latin1"));
}

/**
 * Query and form merged, decoded in the charset that the request names. A name that comes twice counts once, the query's
 * first; bytes stay bytes until the charset is known.
 */
export async function readFields(c: Context): Promise<{ fields: Fields; charset: string }> {
  const all = [...pairs(new URL(c.req.url).search.slice(1)), ...(await formPairs(c))];
  const named = all.find(([name]) => name.toString("latin1") === "charset")?.[1].toString("latin1") ?? "";
  const charset = isCharset(named) ? named : "utf-8";
  const fields: Record<string, string> = {};
  for (const [name, value] of all) {
    const key = decode(name, charset);
    if (!Object.hasOwn(fields, key)) fields[key] = decode(value, charset);
  }
  return { fields, charset };
}
