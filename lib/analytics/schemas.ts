import { z } from "@hono/zod-openapi";

const minor = (description: string) => z.number().int().openapi({ description });
const count = (description: string) => z.number().int().openapi({ description });
const rate = (description: string) => z.number().nullable().openapi({ description });

/** Minor units of the currency and counts of one span of time. */
export const numbersSchema = z
  .object({
    gross: minor("Received for orders, before fees and refunds."),
    fees: minor("Our fees for these payments."),
    refunded: minor("Refunds accepted less those that failed."),
    fees_returned: minor("Fees given back with these refunds."),
    net: minor("`gross` - `fees` - `refunded` + `fees_returned`: what the balance grew by."),
    orders_created: count("Orders opened, paid or not."),
    payments: count("Orders paid."),
    refunds: count("Refunds accepted less those that failed."),
    attempts_succeeded: count("Attempts to pay begun in this span that succeeded."),
    attempts_failed: count("Attempts to pay begun in this span that failed."),
    success_rate: rate("Of the attempts that ended one way or the other, the share that succeeded; null without any."),
    refund_rate: rate("`refunded` of `gross`; null when nothing was received."),
  })
  .openapi("OverviewNumbers");

const bucketSchema = numbersSchema.extend({
  start: z.string().openapi({ description: "Begin of the day or hour on the zone's own clock." }),
});
const shareSchema = z.object({ key: z.string(), gross: z.number().int(), payments: z.number().int() });

export const overviewSchema = z
  .object({
    object: z.literal("overview"),
    livemode: z.boolean(),
    time_zone: z.string(),
    from: z.string().openapi({ description: "First day, in the time zone." }),
    to: z.string().openapi({ description: "Last day, counted in full." }),
    previous: z
      .object({ from: z.string(), to: z.string() })
      .nullable()
      .openapi({ description: "The period of the same length before." }),
    grain: z.enum(["hour", "day"]),
    as_of: z.string().openapi({ description: "Facts up to this moment are counted; usually seconds ago." }),
    currencies: z.array(
      z.object({
        currency: z.string(),
        totals: numbersSchema,
        previous_totals: numbersSchema.nullable(),
        series: z.array(bucketSchema),
        previous_series: z.array(bucketSchema),
        methods: z.array(shareSchema),
        channels: z.array(shareSchema),
        countries: z
          .array(shareSchema)
          .openapi({ description: "`key` is an ISO 3166 code, empty where neither card nor order names a country." }),
        balance: z.object({ pending: z.number().int(), available: z.number().int() }),
      }),
    ),
  })
  .openapi("Overview");

export type Overview = z.output<typeof overviewSchema>;
export type Numbers = z.output<typeof numbersSchema>;
export type Bucket = z.output<typeof bucketSchema>;
export type Share = z.output<typeof shareSchema>;
