import { z } from "@hono/zod-openapi";

const line = z.object({
  code: z.string(),
  accounts: z.number().int().openapi({ description: "Ledger accounts behind it, one a merchant or channel account." }),
  balance: z.number().int().openapi({ description: "Minor units." }),
});

export const custodySchema = z
  .object({
    id: z.string(),
    object: z.literal("custody"),
    livemode: z.boolean(),
    currency: z.string(),
    held: z.array(line).openapi({ description: "At channels and banks." }),
    owed: z.array(line).openapi({ description: "To merchants, shoppers, receivers and tax offices." }),
    own: z.number().int().openapi({ description: "Our fees less our costs." }),
    difference: z.number().int().openapi({ description: "Held less owed less own; zero in a sound book." }),
  })
  .openapi("Custody");
