import { createMiddleware } from "hono/factory";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv } from "../env.ts";

/** Versions of the API, newest first. A change that could break a caller gets a new date; additions do not. */
export const apiVersions = ["2026-11-20"] as const;

/** Says which version answered, and refuses one that we do not speak, before anything is done. */
export const negotiateVersion = createMiddleware<ApiEnv>(async (c, next) => {
  const wanted = c.req.header("gpl-version");
  if (wanted !== undefined && !apiVersions.some((version) => version === wanted)) {
    throw new AppError("invalid_request", "version_unknown", {
      param: "GPL-Version",
      detail: { versions: apiVersions.join(", ") },
    });
  }
  await next();
  c.res.headers.set("gpl-version", wanted ?? apiVersions[0]);
});
