import { readdir, readFile } from "node:fs/promises";
import { round } from "./latencies.ts";

/** What one part of the bench used between two looks at it. */
export interface Usage {
  /** Processor time by wall time: 1 is one core all the time. */
  readonly cores: number;
  readonly cpuMs: number;
  /** Proportional set size: memory that processes share counts once. */
  readonly megabytes: number;
}

export interface Look {
  readonly at: number;
  readonly cpuMs: number;
}

const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  /** Own, and of children that have ended. */
  readonly cpuMs: number;
}

async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name in parentheses may hold blanks; what follows it does not.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields.length < 15) return undefined;
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
  return { parent: Number(fields[1]), cpuMs: (ticks * 1_000) / ticksPerSecond };
}

/** The process and everything that it started, as far as it still runs. */
async function familyOf(pid: number): Promise<Map<number, Stat>> {
  const stats = new Map<number, Stat>();
  for (const name of await readdir("/proc").catch(() => [] as string[])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await statOf(Number(name));
    if (stat) stats.set(Number(name), stat);
  }
  const family = new Map<number, Stat>();
  const visit = (id: number) => {
    const stat = stats.get(id);
    if (!stat || family.has(id)) return;
    family.set(id, stat);
    for (const [child, { parent }] of stats) if (parent === id) visit(child);
  };
  visit(pid);
  return family;
}

/** Zero everywhere but on Linux, where /proc tells. `withChildren` is for PostgreSQL: one process a connection. */
export async function look(pid: number, withChildren = false): Promise<Look> {
  const stats = withChildren ? [...(await familyOf(pid)).values()] : [await statOf(pid)];
  return { at: performance.now(), cpuMs: stats.reduce((sum, stat) => sum + (stat?.cpuMs ?? 0), 0) };
}

export async function usageSince(before: Look, pid: number, withChildren = false): Promise<Usage> {
  const now = await look(pid, withChildren);
  const pids = withChildren ? [...(await familyOf(pid)).keys()] : [pid];
  let kilobytes = 0;
  for (const id of pids) {
    const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  const cpuMs = now.cpuMs - before.cpuMs;
  return { cores: round(cpuMs / (now.at - before.at)), cpuMs, megabytes: Math.round(kilobytes / 1024) };
}
