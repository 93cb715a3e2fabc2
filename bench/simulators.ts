import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { log } from "#lib/kernel/log";
import { createSimulators } from "#lib/simulators/all";

// The simulated providers in a process of their own, each call as slow as a provider's: log-normal, p50 120 ms, p99
// 380 ms. The delay stands before the work and only on what merchants call, not on what the shopper's wallet does.

const p50Ms = Number(process.env.BENCH_PROVIDER_P50_MS || "120");
const p99Ms = Number(process.env.BENCH_PROVIDER_P99_MS || "380");
/** The 99th percentile of the standard normal distribution. */
const z99 = 2.326_347_9;
const sigma = Math.log(p99Ms / p50Ms) / z99;
/** Short, so that notifications leave one after another as a provider's do, and not in a burst four times a second. */
const busyRoundMs = 20;
/** Where nothing is to be done, looking for it would only cost the others processor time. */
const idleRoundMs = 200;

function standardNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

const simulators = createSimulators();
const server = createServer(
  getRequestListener(async (request, bindings) => {
    if (p50Ms > 0 && !request.url.includes("/shopper/")) await pause(p50Ms * Math.exp(sigma * standardNormal()));
    return simulators.app.fetch(request, bindings);
  }),
);
server.keepAliveTimeout = 75_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));

let isStopped = false;
process.on("SIGTERM", () => {
  isStopped = true;
});
process.on("disconnect", () => process.exit(0));
while (!isStopped) {
  const handled = await simulators.runDue().catch((error: unknown) => {
    log.error({ err: error }, "simulators failed");
    return 0;
  });
  await pause(handled > 0 ? busyRoundMs : idleRoundMs);
}
process.exit(0);
