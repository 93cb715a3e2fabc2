import { windowsFor } from "#lib/maintenance/routable-accounts";
import { windowJson, windowSchema } from "#lib/maintenance/schemas";
import { listSchema, page, resource, route } from "./route.ts";

export const maintenance = resource();

maintenance.openapi(
  route({
    method: "get",
    path: "/v1/maintenance_windows",
    tag: "Channel accounts",
    summary: "List announced maintenance of the channels that you use",
    description: "Under way, or beginning within a week. Meanwhile the checkout does not offer the methods concerned.",
    permission: "orders:read",
    request: {},
    answer: { status: 200, schema: listSchema(windowSchema, "MaintenanceWindowList"), description: "All of them." },
  }),
  async (c) => {
    const rows = await windowsFor(c.var.ctx);
    return c.json(
      page(rows, rows.length, (row) => windowJson(row, c.var.ctx.realNow)),
      200,
    );
  },
);
