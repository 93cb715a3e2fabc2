import { handle } from "hono/vercel";
import { createApi } from "#lib/api/app";
import { processWide } from "#lib/kernel/globals";

export const dynamic = "force-dynamic";

/** For `next dev` and serverless hosts; server.ts answers these paths before Next sees them. */
const answer = (request: Request) => handle(processWide("api", createApi))(request);

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT };
