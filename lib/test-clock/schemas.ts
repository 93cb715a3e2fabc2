import { z } from "@hono/zod-openapi";

const dayMs = 86_400_000;
/** Further than any lifetime of ours reaches: orders, retries, statements of a year. */
export const longestAheadMs = 366 * dayMs;

export const testClockSchema = z
  .object({
    object: z.literal("test_clock"),
    now: z.string().openapi({ description: "The time in test mode." }),
    real_now: z.string(),
    ahead_seconds: z.number().int().openapi({
      description: "0 until the clock is moved. Negative only while the past of a demo merchant is being made.",
    }),
    latest: z.string().openapi({ description: "The clock goes no further than this." }),
  })
  .openapi("TestClock", {
    example: {
      object: "test_clock",
      now: "2026-04-01T08:32:00.000Z",
      real_now: "2026-03-31T08:32:00.000Z",
      ahead_seconds: 86_400,
      latest: "2027-04-01T08:32:00.000Z",
    },
  });

export type TestClock = z.output<typeof testClockSchema>;

export const moveClockSchema = z
  .union([
    z.strictObject({
      advance_seconds: z
        .number()
        .int()
        .min(1)
        .max(longestAheadMs / 1_000),
    }),
    z.strictObject({ to: z.iso.datetime({ offset: true, error: "date_invalid" }) }),
  ])
  .openapi("MoveTestClock", { example: { advance_seconds: 86_400 } });

export type MoveClock = z.output<typeof moveClockSchema>;
