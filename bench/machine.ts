import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { fileURLToPath } from "node:url";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  readonly postgres: string | undefined;
  readonly commit: string;
  /** Over one minute, before the run: much above 0, and something else was using the machine. */
  readonly loadBefore: number;
}

export function describeMachine(): Omit<Machine, "postgres"> {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    commit: commit(),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: fileURLToPath(new URL("..", import.meta.url)), encoding: "utf8" }).trim();
  try {
    const changed = git("status", "--porcelain", "--", "lib", "db", "drizzle", "server.ts", "worker.ts") !== "";
    return git("rev-parse", "--short", "HEAD") + (changed ? " and changes not committed" : "");
  } catch {
    return "unknown";
  }
}
