import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Demo } from "#db/seed/demo";

/** What `npm run up` leaves behind for the next one: who is running where, and what to print. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  readonly publicUrl: string;
  readonly demo: Demo;
}

const file = (folder: string) => join(folder, ".data", "up.json");

export function remember(folder: string, running: Running): void {
  writeFileSync(file(folder), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

export function forget(folder: string): void {
  rmSync(file(folder), { force: true });
}

/** The run that is already serving from this folder, if its process lives and answers. */
export async function findRunning(folder: string): Promise<Running | undefined> {
  let running: Running;
  try {
    running = JSON.parse(readFileSync(file(folder), "utf8")) as Running;
  } catch {
    return undefined;
  }
  return isAlive(running.pid) && (await answers(`http://127.0.0.1:${running.port}/healthz`)) ? running : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** Asks until the address answers or `isGivenUp`; true when it answered. */
export async function waitFor(url: string, timeoutMs: number, isGivenUp: () => boolean): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !isGivenUp()) {
    if (await answers(url)) return true;
    await delay(150);
  }
  return false;
}

/** Whether a server could listen here on all addresses, as ours does. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
