import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "#db/migrate";
import { startEmbedded, stopEmbedded } from "../embedded.ts";

/** Where the tests' server listens, as its superuser. */
export interface TestServer {
  /** A connection string whose path is to be replaced by the database's name. */
  readonly url: string;
  readonly rolePassword: string;
}

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: TestServer;
  }
}

export const templateName = "gpl_template";
const folderPrefix = "gpl-test-";
const rolePassword = "only-for-tests";

/** One server for the whole run, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
  await writeFile(join(folder, "owner.pid"), String(process.pid));
  const dataDir = join(folder, "postgres");
  const server = await startEmbedded({ dataDir, profile: "disposable" });
  const templateUrl = await server.database(templateName);
  await migrate(templateUrl, {
    appPassword: rolePassword,
    operatorPassword: rolePassword,
    simulatorPassword: rolePassword,
  });
  const sql = postgres(server.url("postgres"), { max: 1, onnotice: () => {} });
  // A template somebody is connected to can't be cloned.
  await sql`alter database ${sql(templateName)} with allow_connections false`;
  await sql.end();

  project.provide("databaseServer", { url: server.url("postgres"), rolePassword });
  return async () => {
    await stopEmbedded(dataDir, "immediate");
    await rm(folder, { recursive: true, force: true });
  };
}

/** Clears away the servers of runs that were killed before their teardown. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (await isRunning(folder)) continue;
      await stopEmbedded(join(folder, "postgres"), "immediate");
      await rm(folder, { recursive: true, force: true });
    } catch {
      // Another user's folder, or another run is clearing the same one: not ours to care about.
    }
  }
}

async function isRunning(folder: string): Promise<boolean> {
  const owner = await readFile(join(folder, "owner.pid"), "utf8").catch(() => undefined);
  // Made a moment ago: its run has not yet written who it is.
  if (!owner) return Date.now() - (await stat(folder)).mtimeMs < 60_000;
  try {
    process.kill(Number(owner), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
