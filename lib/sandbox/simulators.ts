import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";
import { createSimulators, type Simulators } from "#lib/simulators/all";
import type { Simulator } from "#lib/simulators/simulator";

/** The simulated providers of this process. @throws AppError when it runs without them */
export function sandbox(): Simulators {
  if (!env.simulatorsOn) throw new AppError("not_found", "simulators_off");
  return processWide("sandbox", () => createSimulators({ url: env.simulatorDatabaseUrl, publicUrl: env.publicUrl }));
}

/** @throws AppError when there is no such simulator */
export function simulatorNamed(name: string): Simulator {
  const simulator = sandbox().simulators.get(name);
  if (!simulator) throw new AppError("not_found", "not_simulated");
  return simulator;
}
