import { z } from "@hono/zod-openapi";
import { merchantTiers } from "#db/schema/merchants";
import { methods } from "#lib/channels/channel";
import { currencyCodes } from "#lib/kernel/currency";

const minor = z.number().int().min(1).max(1e12).openapi({ description: "Integer minor units." });

/** By currency: what one order, a day, a month, one payment with a method may come to. */
export const limitsSchema = z
  .record(
    z.string().refine((code) => (currencyCodes as readonly string[]).includes(code), { error: "currency_unknown" }),
    z.strictObject({
      order: minor.optional(),
      day: minor.optional(),
      month: minor.optional(),
      methods: z.partialRecord(z.enum(methods), minor).optional(),
    }),
  )
  .refine((limits) => Object.keys(limits).length <= 40);

export const tierSchema = z.enum(merchantTiers);
