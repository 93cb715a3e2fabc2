import { PassThrough } from "node:stream";
import { pino } from "pino";
import { expect, it } from "vitest";
import { logOptions } from "./log.ts";
import { inWorkScope } from "./work-scope.ts";

it("puts the request and the job into every line written meanwhile, and leaves a line's own word alone", async () => {
  const stream = new PassThrough();
  const log = pino({ ...logOptions, level: "info" }, stream);
  await inWorkScope({ requestId: "req_1", job: "send_refund" }, async () => {
    await Promise.resolve();
    log.info("deep below");
    log.info({ requestId: "req_2" }, "of another");
  });
  log.info("outside");
  const lines = String(stream.read())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ requestId: "req_1", job: "send_refund", msg: "deep below" });
  expect(lines[1]).toMatchObject({ requestId: "req_2", job: "send_refund" });
  expect(lines[2]).not.toHaveProperty("requestId");
});
