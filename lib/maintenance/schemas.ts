import { z } from "@hono/zod-openapi";
import { isUnderWay, type MaintenanceWindow } from "./windows.ts";

export const windowSchema = z
  .object({
    id: z.string(),
    object: z.literal("maintenance_window"),
    channel: z.string(),
    channel_account: z.string().nullable().openapi({ description: "Null: every account at the channel." }),
    starts_at: z.string(),
    ends_at: z.string(),
    is_under_way: z.boolean(),
    reason: z.string(),
  })
  .openapi("MaintenanceWindow", {
    example: {
      id: "mnt_01kajv4s9b3n5t8cwz2e",
      object: "maintenance_window",
      channel: "alipay",
      channel_account: null,
      starts_at: "2026-03-07T18:00:00.000Z",
      ends_at: "2026-03-07T20:00:00.000Z",
      is_under_way: false,
      reason: "The provider changes its data centre",
    },
  });

export function windowJson(row: MaintenanceWindow, realNow: Date): z.output<typeof windowSchema> {
  return {
    id: row.id,
    object: "maintenance_window",
    channel: row.channel,
    channel_account: row.accountId,
    starts_at: row.startsAt.toISOString(),
    ends_at: row.endsAt.toISOString(),
    is_under_way: isUnderWay(row, realNow),
    reason: row.reason,
  };
}
