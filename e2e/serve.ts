import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "#db/embedded";
import { migrate } from "#db/migrate";
import { seedDemo } from "#db/seed/demo";
import { databaseUrls, portFrom, rolePasswords, writeMissingSecrets } from "#scripts/environment";
import { endInSentence } from "#scripts/say";

/**
 * The whole product for the browser tests: a database of its own that is thrown away, the demo, the simulators and a
 * production build. Playwright starts it, waits for /readyz and ends it with SIGTERM.
 */
await endInSentence(async () => {
  const port = portFrom(process.env, "PORT", 3900);
  const publicUrl = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "gpl-e2e-"));
  await writeMissingSecrets(folder, {});
  process.loadEnvFile(join(folder, ".env.local"));
  const server = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "disposable" });
  const urls = databaseUrls(await server.database("globalpaylink"), process.env);
  Object.assign(process.env, {
    DATABASE_URL: urls.ownerUrl,
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    SIMULATORS: "on",
    SIMULATOR_PORT: String(port + 10),
    // The sample shop runs on this machine.
    WEBHOOK_ALLOW_ADDRESSES: "127.0.0.1/32",
    NODE_ENV: "production",
  });
  await migrate(urls.ownerUrl, rolePasswords(process.env));
  const demo = await seedDemo({ ...urls, publicUrl, withShops: process.env.DEMO_DATA === "on" });
  const stateFile = process.env.E2E_STATE;
  if (stateFile) await writeFile(stateFile, JSON.stringify({ ...demo, ...urls, publicUrl }), { mode: 0o600 });

  const child = spawn(process.execPath, ["server.ts"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGINT", () => child.kill("SIGTERM"));
  child.once("exit", async (code) => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    process.exit(code ?? 1);
  });
});
