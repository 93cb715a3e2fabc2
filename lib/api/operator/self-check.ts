import { z } from "@hono/zod-openapi";
import { checkPlatform } from "#lib/operator/check-platform";
import { resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** What is misconfigured or left undone, and how to mend it. */
export const selfCheck = resource();

const findingSchema = z.object({ code: z.string(), severity: z.enum(["error", "warning"]), text: z.string() });

const checkSchema = z
  .object({
    object: z.literal("self_check"),
    checked_at: z.string(),
    findings: z.array(findingSchema),
    /** The looks at the payment pages, the latest first, each with what had changed without leave. */
    page_checks: z.array(
      z.object({
        page: z.string(),
        checked_at: z.string(),
        changes: z.array(z.object({ code: z.string(), subject: z.string() })),
      }),
    ),
    /** What browsers report that a page's policy kept from happening. */
    violations: z.array(
      z.object({
        page: z.string(),
        directive: z.string(),
        blocked: z.string(),
        count: z.number(),
        last_at: z.string(),
      }),
    ),
    /** What the payment pages may load. */
    scripts: z.array(
      z.object({
        page: z.string(),
        source: z.string(),
        owner: z.string(),
        reason: z.string(),
        sha384: z.string().nullable(),
      }),
    ),
  })
  .openapi("SelfCheck");

selfCheck.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/self_check",
    tag: "Self-check",
    summary: "Check the platform's own settings and surroundings",
    permission: "parameters:read",
    request: {},
    answer: { status: 200, schema: checkSchema, description: "Errors first; empty when all is well." },
  }),
  async (c) => {
    const { findings, pages } = await checkPlatform(c.var.octx);
    return c.json(
      {
        object: "self_check" as const,
        checked_at: c.var.octx.now.toISOString(),
        findings: findings.map(({ code, severity, text }) => ({ code, severity, text })),
        page_checks: pages.checks.map(({ page, checkedAt, changes }) => ({
          page,
          checked_at: checkedAt.toISOString(),
          changes: [...changes],
        })),
        violations: pages.violations.map(({ kind, directive, blocked, reports, lastAt }) => ({
          page: kind,
          directive,
          blocked,
          count: reports,
          last_at: lastAt.toISOString(),
        })),
        scripts: pages.scripts.map(({ page, source, owner, reason, sha384 }) => ({
          page,
          source,
          owner,
          reason,
          sha384,
        })),
      },
      200,
    );
  },
);
