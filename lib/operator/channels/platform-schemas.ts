import { z } from "@hono/zod-openapi";
import { notifyUrl } from "#lib/attempts/notify-url";
import { credentials, label, methodNames, priority } from "#lib/channel-accounts/schemas";
import type { Locale } from "#lib/kernel/locale";
import { minorToJson } from "#lib/kernel/money";
import type { LoanTerms } from "./lend-account.ts";
import type { LoanView, PlatformAccountView } from "./list-platform-accounts.ts";
import { channelName } from "./schemas.ts";

const environment = z.enum(["simulator", "sandbox", "live"]);

export const platformAccountSchema = z
  .object({
    id: z.string(),
    object: z.literal("platform_account"),
    livemode: z.boolean(),
    channel: z.string(),
    channel_name: z.string(),
    environment,
    label: z.string(),
    status: z.enum(["enabled", "disabled"]),
    methods: z.array(z.string()),
    merchants: z.number().int().openapi({ description: "How many merchants it is lent to now." }),
    notify_url: z
      .string()
      .openapi({ description: "Where the provider has to report to, for those whose console asks for it." }),
    credentials_expire_at: z.string().nullable(),
    answered_at: z.string().nullable(),
    lost_at: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("PlatformAccount");

export const loanSchema = z
  .object({
    id: z.string().openapi({ description: "The merchant's channel account." }),
    object: z.literal("loan"),
    merchant: z.object({ id: z.string(), name: z.string() }),
    lent_methods: z.array(z.string()),
    methods: z.array(z.string()).openapi({ description: "Those of them that the merchant has switched on." }),
    status: z.enum(["enabled", "disabled"]).openapi({ description: "As the merchant has set it." }),
    priority: z.number().int(),
    fee_bps: z.string(),
    fee_fixed: z.number().int(),
    taken_back_at: z.string().nullable(),
    answered_at: z.string().nullable(),
    lost_at: z.string().nullable(),
    lent_at: z.string(),
  })
  .openapi("PlatformAccountLoan");

export const platformAccountDetailSchema = platformAccountSchema
  .extend({ loans: z.array(loanSchema) })
  .openapi("PlatformAccountDetail");

export const newPlatformAccountSchema = z
  .strictObject({
    channel: z.string().max(40),
    environment,
    label,
    credentials: credentials.optional(),
    methods: methodNames.optional(),
  })
  .openapi("CreatePlatformAccount");

export const platformAccountChangeSchema = z
  .strictObject({
    label: label.optional(),
    status: z.enum(["enabled", "disabled"]).optional(),
    methods: methodNames.optional(),
  })
  .openapi("UpdatePlatformAccount");

export const credentialDraftSchema = z
  .strictObject({ channel: z.string().max(40), environment: z.enum(["sandbox", "live"]), credentials })
  .openapi("TestPlatformCredentials");

const terms = {
  methods: methodNames.optional(),
  priority: priority.optional(),
  fee_bps: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,2})?$/)
    .optional()
    .openapi({ description: "What the merchant pays, in hundredths of a percent." }),
  fee_fixed: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .openapi({ description: "And for each payment, in minor units of the order's currency." }),
};
export const termsSchema = z.strictObject(terms).openapi("LoanTerms");
export const lendSchema = z.strictObject({ merchant: z.string().max(64), ...terms }).openapi("LendPlatformAccount");

export function termsOf({ methods, priority: rank, fee_bps, fee_fixed }: z.output<typeof termsSchema>): LoanTerms {
  return {
    methods,
    priority: rank,
    feeBps: fee_bps,
    feeFixed: fee_fixed === undefined ? undefined : BigInt(fee_fixed),
  };
}

/** Credentials never leave: not even their names. */
export function platformAccountJson(view: PlatformAccountView, locale: Locale): z.output<typeof platformAccountSchema> {
  const { row, borrowers, answeredAt, lostAt } = view;
  return {
    id: row.id,
    object: "platform_account",
    livemode: row.livemode,
    channel: row.channel,
    channel_name: channelName(row.channel, locale),
    environment: row.environment,
    label: row.label,
    status: row.status,
    methods: row.methods,
    merchants: borrowers,
    notify_url: notifyUrl(row.id),
    credentials_expire_at: row.expiresAt?.toISOString() ?? null,
    answered_at: answeredAt,
    lost_at: lostAt,
    created_at: row.createdAt.toISOString(),
  };
}

export function loanJson({ row, merchant, answeredAt, lostAt }: LoanView): z.output<typeof loanSchema> {
  return {
    id: row.id,
    object: "loan",
    merchant: { id: row.merchantId, name: merchant },
    lent_methods: row.lentMethods ?? [],
    methods: row.methods,
    status: row.status,
    priority: row.priority,
    fee_bps: row.feeBps,
    fee_fixed: minorToJson(row.feeFixed),
    taken_back_at: row.takenBackAt?.toISOString() ?? null,
    answered_at: answeredAt,
    lost_at: lostAt,
    lent_at: row.createdAt.toISOString(),
  };
}
