import { moveClock } from "#lib/test-clock/move-clock";
import { readClock } from "#lib/test-clock/read-clock";
import { resetClock } from "#lib/test-clock/reset-clock";
import { moveClockSchema, testClockSchema } from "#lib/test-clock/schemas";
import { jsonBody, resource, route } from "./route.ts";

/** Test mode only: what the merchant's time is there. */
export const testClock = resource();
const tag = "Test mode";
const permission = "test:drive";

testClock.openapi(
  route({
    method: "get",
    path: "/v1/test/clock",
    tag,
    summary: "Read the test clock",
    permission,
    request: {},
    answer: { status: 200, schema: testClockSchema, description: "The clock." },
  }),
  async (c) => c.json(await readClock(c.var.ctx), 200),
);

testClock.openapi(
  route({
    method: "post",
    path: "/v1/test/clock",
    tag,
    summary: "Move the test clock forward",
    description:
      "Everything that depends on time in test mode follows: orders expire, webhooks are tried again, statements get their days. What became due is done within half a minute. Providers and live mode keep the real time.",
    permission,
    problems: [409],
    request: jsonBody(moveClockSchema),
    answer: { status: 200, schema: testClockSchema, description: "The clock." },
  }),
  async (c) => c.json(await moveClock(c.var.ctx, c.req.valid("json")), 200),
);

testClock.openapi(
  route({
    method: "delete",
    path: "/v1/test/clock",
    tag,
    summary: "Put the test clock back on the real time",
    description: "Only as long as nothing has been made ahead of the real time.",
    permission,
    problems: [409],
    request: {},
    answer: { status: 200, schema: testClockSchema, description: "The clock." },
  }),
  async (c) => c.json(await resetClock(c.var.ctx), 200),
);
