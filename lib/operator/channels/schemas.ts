import { z } from "@hono/zod-openapi";
import { channels } from "#lib/channels/registry";
import type { Locale } from "#lib/kernel/locale";
import { windowJson, windowSchema } from "#lib/maintenance/schemas";
import type { MaintenanceWindow } from "#lib/maintenance/windows";
import type { AccountView } from "./list-accounts.ts";

export const accountSchema = z
  .object({
    id: z.string(),
    object: z.literal("channel_account"),
    merchant: z.object({ id: z.string(), name: z.string() }),
    livemode: z.boolean(),
    channel: z.string(),
    channel_name: z.string(),
    environment: z.enum(["simulator", "sandbox", "live"]),
    label: z.string(),
    status: z.enum(["enabled", "disabled"]),
    methods: z.array(z.string()),
    paused_at: z.string().nullable(),
    pause_reason: z.string().nullable(),
    credentials_expire_at: z.string().nullable(),
    answered_at: z.string().nullable(),
    lost_at: z.string().nullable(),
  })
  .openapi("OperatorChannelAccount");

export const operatorWindowSchema = windowSchema
  .extend({
    channel_name: z.string(),
    account_label: z.string().nullable(),
    canceled_at: z.string().nullable(),
    is_over: z.boolean(),
    created_by: z.string(),
  })
  .openapi("OperatorMaintenanceWindow");

export const announceSchema = z.strictObject({
  channel: z.string().max(40),
  channel_account: z.string().max(64).optional(),
  starts_at: z.iso.datetime({ offset: true }),
  ends_at: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(1).max(300),
});

export function channelName(channel: string, locale: Locale): string {
  return channels.get(channel)?.label[locale === "en" ? "en" : "zh-CN"] ?? channel;
}

export function accountJson(view: AccountView, locale: Locale): z.output<typeof accountSchema> {
  const { row, merchant, expiresAt, answeredAt, lostAt } = view;
  return {
    id: row.id,
    object: "channel_account",
    merchant: { id: row.merchantId, name: merchant },
    livemode: row.livemode,
    channel: row.channel,
    channel_name: channelName(row.channel, locale),
    environment: row.environment,
    label: row.label,
    status: row.status,
    methods: row.methods,
    paused_at: row.pausedAt?.toISOString() ?? null,
    pause_reason: row.pauseReason,
    credentials_expire_at: expiresAt?.toISOString() ?? null,
    answered_at: answeredAt,
    lost_at: lostAt,
  };
}

export function operatorWindowJson(
  row: MaintenanceWindow,
  reader: { readonly now: Date; readonly locale: Locale },
  names: ReadonlyMap<string, string>,
): z.output<typeof operatorWindowSchema> {
  const { now, locale } = reader;
  return {
    ...windowJson(row, now),
    is_under_way: row.canceledAt === null && row.startsAt <= now && now < row.endsAt,
    channel_name: channelName(row.channel, locale),
    account_label: row.accountId,
    canceled_at: row.canceledAt?.toISOString() ?? null,
    is_over: row.canceledAt !== null || row.endsAt <= now,
    created_by: names.get(row.createdBy) ?? row.createdBy,
  };
}
