import { z } from "@hono/zod-openapi";
import { listActions, listKinds } from "#db/schema/lists";
import type { Imported } from "./import.ts";

const action = z.enum(listActions).openapi({ description: "Whether who matches is refused or let through." });
const kind = z.enum(listKinds);
const reason = z.string().trim().min(1).max(500);
const expiresAt = z.iso
  .datetime({ offset: true })
  .optional()
  .openapi({ description: "When it stops counting; never when left out." });

export const createEntrySchema = z
  .strictObject({
    action,
    kind,
    value: z
      .string()
      .trim()
      .min(1)
      .max(254)
      .openapi({ description: "An e-mail address or `@domain`, an IP address or range, or the id that `kind` names." }),
    reason,
    expires_at: expiresAt,
  })
  .openapi("CreateListEntry", {
    example: { action: "block", kind: "email", value: "jo@shop.example", reason: "Stolen card, 3 March" },
  });

export const importEntriesSchema = z
  .strictObject({
    action,
    kind,
    reason,
    expires_at: expiresAt,
    text: z
      .string()
      .min(1)
      .max(200_000)
      .openapi({ description: "One value a line; of a table with commas, the first column. At most 5,000 values." }),
    dry_run: z.boolean().default(false).openapi({ description: "Only count." }),
  })
  .openapi("ImportListEntries", {
    example: { action: "block", kind: "ip", text: "203.0.113.0/24\n198.51.100.7", reason: "Bot farm", dry_run: true },
  });

export const entrySchema = z
  .object({
    id: z.string(),
    object: z.literal("list_entry"),
    action,
    kind,
    hint: z.string().openapi({ description: "As much of the value as is shown; the value itself is not kept." }),
    reason: z.string(),
    expires_at: z.string().nullable(),
    is_expired: z.boolean(),
    created_by: z.string(),
    created_at: z.string(),
  })
  .openapi("ListEntry", {
    example: {
      id: "le_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      object: "list_entry",
      action: "block",
      kind: "email",
      hint: "j***@shop.example",
      reason: "Stolen card, 3 March",
      expires_at: null,
      is_expired: false,
      created_by: "usr_01kajv4s9b3n5t8cwz2e",
      created_at: "2026-03-04T08:31:00.000Z",
    },
  });

export const importedSchema = z
  .object({
    object: z.literal("list_import"),
    dry_run: z.boolean(),
    added: z.number().int(),
    present: z.number().int().openapi({ description: "Stand on the list already and stay as they are." }),
    repeated: z.number().int(),
    invalid: z.number().int(),
    invalid_lines: z.array(z.object({ line: z.number().int(), text: z.string() })),
  })
  .openapi("ListImport", {
    example: {
      object: "list_import",
      dry_run: true,
      added: 2,
      present: 0,
      repeated: 0,
      invalid: 0,
      invalid_lines: [],
    },
  });

export const deletedEntrySchema = z.object({
  id: z.string(),
  object: z.literal("list_entry"),
  deleted: z.literal(true),
});

export const entryFilter = {
  action: action.optional(),
  kind: kind.optional(),
  value: z
    .string()
    .max(254)
    .optional()
    .openapi({ description: "Finds the entry of exactly this value; `kind` says what it is." }),
};

interface Entry {
  readonly id: string;
  readonly action: z.output<typeof action>;
  readonly kind: z.output<typeof kind>;
  readonly hint: string;
  readonly reason: string;
  readonly expiresAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** @param createdBy in the words of whoever reads it */
export function entryJson(entry: Entry, now: Date, createdBy = entry.createdBy): z.output<typeof entrySchema> {
  return {
    id: entry.id,
    object: "list_entry",
    action: entry.action,
    kind: entry.kind,
    hint: entry.hint,
    reason: entry.reason,
    expires_at: entry.expiresAt?.toISOString() ?? null,
    is_expired: entry.expiresAt !== null && entry.expiresAt <= now,
    created_by: createdBy,
    created_at: entry.createdAt.toISOString(),
  };
}

export function importedJson({ added, present, draft }: Imported, dryRun: boolean): z.output<typeof importedSchema> {
  return {
    object: "list_import",
    dry_run: dryRun,
    added,
    present,
    repeated: draft.repeated,
    invalid: draft.badCount,
    invalid_lines: draft.badLines.map((line) => ({ ...line })),
  };
}
