import { type Context, Hono } from "hono";
import { AppError } from "#lib/kernel/errors";
import { isPlatformId } from "#lib/kernel/ids";
import { receiveAtPlatform } from "#lib/notifications/receive-at-platform";
import { receiveNotification } from "#lib/notifications/receive-notification";
import type { ApiEnv } from "./env.ts";

/** Providers' notifications: raw bytes in, the provider's own words out. */
export const notify = new Hono<ApiEnv>();

/** No provider sends as much; garbage is not read to its end. */
const maxBytes = 262_144;

notify.post("/notify/:account", async (c) => {
  const url = new URL(c.req.url);
  const raw = {
    method: c.req.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: c.req.header(),
    body: await boundedBody(c),
  };
  const account = c.req.param("account");
  const requestId = c.get("requestId");
  const answer = isPlatformId("platformAccount", account)
    ? await receiveAtPlatform({ platformAccountId: account, requestId }, raw)
    : await receiveNotification({ channelAccountId: account, requestId }, raw);
  return new Response(answer.body || null, { status: answer.status, headers: answer.headers });
});

function tooLarge(): AppError {
  return new AppError("too_large", "body_too_large", { detail: { limit: maxBytes } });
}

async function boundedBody(c: Context): Promise<Buffer> {
  const length = c.req.header("content-length");
  if (length !== undefined) {
    if (!(Number(length) <= maxBytes)) throw tooLarge();
    // The HTTP parser holds the sender to his word, and without a stream this is several times cheaper.
    return Buffer.from(await c.req.arrayBuffer());
  }
  if (!c.req.raw.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
