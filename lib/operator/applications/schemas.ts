import { z } from "@hono/zod-openapi";
import { liveStatuses } from "#db/schema/merchants";
import { checkItems } from "#db/schema/onboarding";
import { riskyCategories } from "#lib/onboarding/categories";
import { applicationJson, applicationSchema } from "#lib/onboarding/schemas";
import { openChecks } from "./checks.ts";
import type { ApplicationFile, QueuedApplication } from "./read-applications.ts";

export const queuedApplicationSchema = z
  .object({
    id: z.string(),
    object: z.literal("queued_application"),
    name: z.string(),
    country: z.string(),
    status: z.enum(liveStatuses),
    submitted_at: z.string().nullable(),
    due_at: z.string().nullable(),
    submissions: z.number().int(),
  })
  .openapi("QueuedApplication");

export const checkItemSchema = z.enum(checkItems);

export const applicationFileSchema = z
  .object({
    id: z.string(),
    object: z.literal("application_file"),
    name: z.string(),
    application: applicationSchema,
    category_is_risky: z.boolean(),
    submissions: z.number().int(),
    checks: z.array(
      z.object({
        item: checkItemSchema,
        /** Found in order since the application was last sent. */
        is_done: z.boolean(),
        is_passed: z.boolean().nullable(),
        note: z.string().nullable(),
        operator: z.string().nullable(),
        checked_at: z.string().nullable(),
      }),
    ),
  })
  .openapi("ApplicationFile");

export function queuedJson(row: QueuedApplication): z.output<typeof queuedApplicationSchema> {
  return {
    id: row.id,
    object: "queued_application",
    name: row.name,
    country: row.country,
    status: row.status,
    submitted_at: row.submittedAt?.toISOString() ?? null,
    due_at: row.dueAt?.toISOString() ?? null,
    submissions: row.submissions,
  };
}

export function applicationFileJson(
  { application, papers, signature, checks }: ApplicationFile,
  names: ReadonlyMap<string, string>,
): z.output<typeof applicationFileSchema> {
  const open = openChecks(checks, application.submittedAt);
  return {
    id: application.merchant.merchantId,
    object: "application_file",
    name: application.merchant.name,
    application: applicationJson(application, papers, signature),
    category_is_risky: riskyCategories.has(application.facts.category ?? ""),
    submissions: application.submissions,
    checks: checkItems.map((item) => {
      const check = checks.find((one) => one.item === item);
      return {
        item,
        is_done: !open.includes(item),
        is_passed: check?.isPassed ?? null,
        note: check?.note ?? null,
        operator: check ? (names.get(check.operatorId) ?? check.operatorId) : null,
        checked_at: check?.checkedAt.toISOString() ?? null,
      };
    }),
  };
}
