import { minorToJson } from "#lib/kernel/money";
import { type CustodyLine, readCustody } from "#lib/operator/custody/read-custody";
import { custodySchema } from "#lib/operator/custody/schemas";
import { listSchema, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** Where merchants' money lies, and to whom it belongs. */
export const custody = resource();

function lineJson({ code, accounts, balance }: CustodyLine) {
  return { code, accounts, balance: minorToJson(balance) };
}

custody.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/custody",
    tag: "Custody",
    summary: "Where merchants' money lies, and to whom it belongs",
    description: "Sums over every merchant's ledger, by mode and currency.",
    permission: "overview:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(custodySchema, "CustodyList"),
      description: "One entry a mode and currency.",
    },
  }),
  async (c) => {
    const all = await readCustody(c.var.octx);
    const data = all.map(({ livemode, currency, held, owed, own, difference }) => ({
      id: `${livemode ? "live" : "test"}_${currency}`,
      object: "custody" as const,
      livemode,
      currency,
      held: held.map(lineJson),
      owed: owed.map(lineJson),
      own: minorToJson(own),
      difference: minorToJson(difference),
    }));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);
