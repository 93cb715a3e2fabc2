import { z } from "@hono/zod-openapi";
import { liveStatuses } from "#db/schema/merchants";
import { minorToJson } from "#lib/kernel/money";
import type { Merchant } from "#lib/merchants/load-merchant";
import { memberSchema } from "#lib/team/schemas";
import { limitsSchema, tierSchema } from "./limits-schema.ts";
import type { MerchantNote } from "./notes.ts";
import type { Volume } from "./read-merchants.ts";

const volumeSchema = z.object({
  livemode: z.boolean(),
  currency: z.string(),
  payments: z.number().int(),
  gross: z.number().int(),
  refunded: z.number().int(),
});

export const merchantRowSchema = z
  .object({
    id: z.string(),
    object: z.literal("merchant"),
    name: z.string(),
    country: z.string(),
    time_zone: z.string(),
    status: z.enum(["active", "suspended"]),
    suspension: z.object({ reason: z.string(), at: z.string() }).nullable(),
    live_status: z.enum(liveStatuses),
    tier: tierSchema,
    limits: limitsSchema,
    /** Of the last thirty days. */
    volumes: z.array(volumeSchema),
    created_at: z.string(),
  })
  .openapi("OperatorMerchant");

export const merchantDetailSchema = merchantRowSchema
  .extend({ members: z.array(memberSchema) })
  .openapi("OperatorMerchantDetail");

export const merchantNoteSchema = z
  .object({
    id: z.string(),
    object: z.literal("merchant_note"),
    text: z.string(),
    operator: z.string(),
    created_at: z.string(),
  })
  .openapi("MerchantNote");

export function volumeJson({ livemode, currency, payments, gross, refunded }: Volume) {
  return { livemode, currency, payments, gross: minorToJson(gross), refunded: minorToJson(refunded) };
}

export function merchantJson(merchant: Merchant, volumes: readonly Volume[]): z.output<typeof merchantRowSchema> {
  return {
    id: merchant.merchantId,
    object: "merchant",
    name: merchant.name,
    country: merchant.country,
    time_zone: merchant.timeZone,
    status: merchant.status,
    suspension: merchant.suspension ?? null,
    live_status: merchant.liveStatus,
    tier: merchant.tier,
    limits: merchant.limits ?? {},
    volumes: volumes.map(volumeJson),
    created_at: merchant.createdAt.toISOString(),
  };
}

export function noteJson(note: MerchantNote, names: ReadonlyMap<string, string>): z.output<typeof merchantNoteSchema> {
  return {
    id: note.id,
    object: "merchant_note",
    text: note.text,
    operator: names.get(note.operatorId) ?? note.operatorId,
    created_at: note.createdAt.toISOString(),
  };
}
