import { z } from "@hono/zod-openapi";
import { foundJson, foundSchema } from "#lib/search/schemas";
import { search as find } from "#lib/search/search";
import { listSchema, page, resource, route } from "./route.ts";

export const search = resource();

search.openapi(
  route({
    method: "get",
    path: "/v1/search",
    tag: "Search",
    summary: "Find orders and refunds by anything that names them",
    description:
      "Takes an id of ours, your order or refund number, a channel's reference, the shopper's e-mail address or phone number, or the beginning of one. Ids and your own numbers are found at once, the others a few seconds after they are known. Refunds are left out for a caller that may not read them.",
    permission: "orders:read",
    request: {
      query: z.strictObject({
        q: z.string().trim().min(2).max(200).openapi({ description: "At least two characters." }),
        limit: z.coerce.number().int().min(1).max(20).default(8),
      }),
    },
    answer: { status: 200, schema: listSchema(foundSchema, "SearchResultList"), description: "The best matches." },
  }),
  async (c) => {
    const { q, limit } = c.req.valid("query");
    const canSeeRefunds = c.var.principal.permissions.has("refunds:read");
    const found = await c.var.ctx.transaction((tx) => find(tx, { text: q, limit: limit + 1, canSeeRefunds }));
    return c.json(page(found, limit, foundJson), 200);
  },
);
