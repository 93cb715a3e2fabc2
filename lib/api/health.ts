import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { appDatabase } from "#db/tenancy";
import type { ApiEnv } from "./env.ts";

export const health = new Hono<ApiEnv>();

/** The process lives. */
health.get("/healthz", (c) => c.json({ status: "ok" }));

/** It can serve: the database answers. */
health.get("/readyz", async (c) => {
  try {
    await appDatabase().execute(sql`select 1`);
    return c.json({ status: "ready", product: "globalpaylink" });
  } catch {
    return c.json({ status: "unavailable", product: "globalpaylink", reason: "database" }, 503);
  }
});
