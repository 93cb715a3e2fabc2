import { readFile } from "node:fs/promises";

interface Sample {
  readonly second: number;
  readonly megabytes: number;
}

export interface MemoryFinding {
  readonly process: string;
  /** Lives of one process are told apart: a process that was started anew begins anew. */
  readonly samples: number;
  readonly firstThirdMb: number;
  readonly lastThirdMb: number;
  readonly largestMb: number;
  /** Least squares over everything after the warm-up. */
  readonly slopeMbPerHour: number;
  /** One value a twentieth of the time. */
  readonly courseMb: readonly number[];
}

/** Caches fill, code is compiled and the heap finds its size: a fifth of the time, ten minutes at most. */
const warmUpShare = 0.2;
const mostWarmUpS = 600;
const courseLength = 20;

/** Resident memory of processes over time. */
export class MemoryLog {
  readonly #series = new Map<string, Sample[]>();
  readonly #startedAt = performance.now();

  /** A process under another id than before has lost its past. */
  readonly #ids = new Map<string, number>();

  async sample(pids: Readonly<Record<string, number>>): Promise<void> {
    const second = (performance.now() - this.#startedAt) / 1_000;
    for (const [name, pid] of Object.entries(pids)) {
      const megabytes = await residentMb(pid);
      if (megabytes === undefined) continue;
      if (this.#ids.get(name) !== pid) this.#series.set(name, []);
      this.#ids.set(name, pid);
      this.#series.get(name)?.push({ second, megabytes });
    }
  }

  now(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#series].map(([name, all]) => [name, all.at(-1)?.megabytes ?? 0]));
  }

  findings(): MemoryFinding[] {
    return [...this.#series].flatMap(([name, all]) => (all.length < 6 ? [] : [findingOf(name, all)]));
  }
}

async function residentMb(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 102.4) / 10;
}

function findingOf(name: string, all: readonly Sample[]): MemoryFinding {
  const first = all[0]?.second ?? 0;
  const length = (all.at(-1)?.second ?? 0) - first;
  const warm = all.filter(({ second }) => second - first >= Math.min(length * warmUpShare, mostWarmUpS));
  const third = Math.max(1, Math.floor(warm.length / 3));
  const step = Math.max(1, Math.ceil(all.length / courseLength));
  return {
    process: name,
    samples: all.length,
    firstThirdMb: mean(warm.slice(0, third)),
    lastThirdMb: mean(warm.slice(-third)),
    largestMb: Math.max(...all.map(({ megabytes }) => megabytes)),
    slopeMbPerHour: slopePerHour(warm),
    courseMb: all.filter((_sample, index) => index % step === 0).map(({ megabytes }) => Math.round(megabytes)),
  };
}

function mean(samples: readonly Sample[]): number {
  return Math.round(samples.reduce((sum, { megabytes }) => sum + megabytes, 0) / Math.max(1, samples.length));
}

function slopePerHour(samples: readonly Sample[]): number {
  const count = samples.length;
  const meanX = samples.reduce((sum, { second }) => sum + second, 0) / count;
  const meanY = samples.reduce((sum, { megabytes }) => sum + megabytes, 0) / count;
  const across = samples.reduce((sum, { second, megabytes }) => sum + (second - meanX) * (megabytes - meanY), 0);
  const along = samples.reduce((sum, { second }) => sum + (second - meanX) ** 2, 0);
  return along === 0 ? 0 : Math.round((across / along) * 3_600);
}

/** The heap breathes by tens of megabytes; what grows past this over the thirds is a leak or will look like one. */
export function isFlat({ firstThirdMb, lastThirdMb }: MemoryFinding): boolean {
  return lastThirdMb <= firstThirdMb * 1.1 + 16;
}
