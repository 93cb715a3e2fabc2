import { Hono } from "hono";
import { noteViolations } from "#lib/page-security/note-violation";
import { reportPath } from "#lib/page-security/page-policy";
import type { ApiEnv } from "./env.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";

/** Browsers' reports of what a page's policy kept from happening. They come with content types of their own. */
export const pageReports = new Hono<ApiEnv>();

const maxBytes = 32_768;

pageReports.post(reportPath, limitByAddress, async (c) => {
  const length = Number(c.req.header("content-length"));
  // No browser sends a report without its length, or one as long as this.
  if (!(length <= maxBytes)) return c.body(null, 413);
  await noteViolations(parsed(await c.req.text()));
  return c.body(null, 204);
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
