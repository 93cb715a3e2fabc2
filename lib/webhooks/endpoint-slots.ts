import { processWide } from "#lib/kernel/globals";

/** What this process is sending to one endpoint at this moment, and how the last batch went. */
interface Load {
  running: number;
  isFailing: boolean;
}

const loads = processWide("webhook-endpoint-loads", () => new Map<string, Load>());

/** Jobs of one endpoint that run at once in a process while it answers well … */
const healthyLimit = 8;
/** … and while it does not: a dead receiver with a long queue must not hold every worker for a timeout each. */
const failingLimit = 2;

/** Takes a place among the endpoint's running jobs, or undefined when they are enough. */
export function takeSlot(endpointId: string): { release(isFailing: boolean | undefined): void } | undefined {
  const load = loads.get(endpointId) ?? { running: 0, isFailing: false };
  if (load.running >= (load.isFailing ? failingLimit : healthyLimit)) return undefined;
  load.running += 1;
  loads.set(endpointId, load);
  return {
    release(isFailing) {
      load.running -= 1;
      if (isFailing !== undefined) load.isFailing = isFailing;
      // Healthy and idle is what an unknown endpoint is taken for; only the others are worth remembering.
      if (load.running === 0 && !load.isFailing) loads.delete(endpointId);
    },
  };
}
