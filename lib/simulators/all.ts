import { Hono } from "hono";
import { simulatorDb } from "#db/simulator-client";
import { type Clock, systemClock } from "#lib/kernel/clock";
import { log } from "#lib/kernel/log";
import { simulatorCreators } from "./registry.ts";
import type { Simulator } from "./simulator.ts";

export interface SimulatorsOptions {
  /** The simulators' own database role. */
  readonly url?: string | undefined;
  /** The product's public origin, under which the shopper's pages are. */
  readonly publicUrl?: string | undefined;
  readonly clock?: Clock;
}

export interface Simulators {
  readonly app: Hono;
  readonly simulators: ReadonlyMap<string, Simulator>;
  /** Does whatever is due at any of them; one that fails is logged and holds up no other. */
  runDue(): Promise<number>;
}

/**
 * Every simulated provider on one HTTP surface, each at `/<name>`. Stripe's is at the root too, because its clients know a
 * host and a port but no path.
 *
 * @throws RangeError when neither the options nor SIMULATOR_DATABASE_URL and PUBLIC_URL say where things are
 */
export function createSimulators({
  url = process.env.SIMULATOR_DATABASE_URL,
  publicUrl = process.env.PUBLIC_URL,
  clock = systemClock,
}: SimulatorsOptions = {}): Simulators {
  if (!url || !publicUrl) throw new RangeError("the simulators need SIMULATOR_DATABASE_URL and PUBLIC_URL");
  const dependencies = { db: simulatorDb(url), clock, publicUrl };
  const simulators = new Map([...simulatorCreators].map(([name, create]) => [name, create(dependencies)]));

  const app = new Hono();
  for (const [name, simulator] of simulators) app.route(`/${name}`, simulator.app);
  const atRoot = simulators.get("stripe");
  if (atRoot) app.route("/", atRoot.app);

  return { app, simulators, runDue: () => runAllDue([...simulators.values()]) };
}

async function runAllDue(simulators: readonly Simulator[]): Promise<number> {
  const results = await Promise.allSettled(simulators.map((simulator) => simulator.runDue()));
  let handled = 0;
  for (const [index, result] of results.entries()) {
    if (result.status === "fulfilled") handled += result.value;
    else log.error({ simulator: simulators[index]?.name, err: result.reason }, "simulator could not do what is due");
  }
  return handled;
}
