import { processWide } from "#lib/kernel/globals";

/** What this process is sending to one endpoint at this moment, and how the last batch went. */
interface Load {
  /** When each running job began, by the monotonic clock; oldest first. */
  readonly startedAt: Set<{ readonly ms: number }>;
  isFailing: boolean;
}

export interface Slot {
  /** @param isFailing how the batch went, or undefined when nothing was sent */
  release(isFailing: boolean | undefined): void;
}

const loads = processWide("webhook-endpoint-loads", () => new Map<string, Load>());

/** Jobs of one endpoint that run at once in a process while it fails or is slow. */
const limit = 2;
const slowAfterMs = 1_000;

/**
 * Takes a place among the endpoint's running jobs. There is no limit while it answers well; a dead or slow receiver with
 * a long queue must not hold every worker for a whole timeout.
 *
 * @returns undefined when the endpoint has enough for now
 */
export function takeSlot(endpointId: string, nowMs: number = performance.now()): Slot | undefined {
  const load = loads.get(endpointId) ?? { startedAt: new Set(), isFailing: false };
  const [oldest] = load.startedAt;
  const isSlow = oldest !== undefined && nowMs - oldest.ms > slowAfterMs;
  if (load.startedAt.size >= limit && (load.isFailing || isSlow)) return undefined;
  const started = { ms: nowMs };
  load.startedAt.add(started);
  loads.set(endpointId, load);
  return {
    release(isFailing) {
      load.startedAt.delete(started);
      if (isFailing !== undefined) load.isFailing = isFailing;
      // Well and idle is what an unknown endpoint is taken for; only the others are worth remembering.
      if (load.startedAt.size === 0 && !load.isFailing) loads.delete(endpointId);
    },
  };
}
