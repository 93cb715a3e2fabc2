import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./scripts/chromium.ts";

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

// This file is read once more in every worker, where both are already decided.
process.env.E2E_PORT ??= String(await freePort());
process.env.E2E_STATE ??= join(tmpdir(), `gpl-e2e-${process.env.E2E_PORT}.json`);
const baseURL = `http://localhost:${process.env.E2E_PORT}`;
const executablePath = findChromium(process.env);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  globalTeardown: "./e2e/global-teardown.ts",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // Against hanging, not against slowness: machines are shared.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL,
    trace: "off",
    screenshot: "only-on-failure",
    // antd's dialogs stand at full size for an instant before they grow from a point: a press in it would miss.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Containers rarely allow Chromium its own sandbox, and give /dev/shm 64 MB.
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } } },
  ],
  webServer: {
    command: "node_modules/.bin/node e2e/serve.ts",
    url: `${baseURL}/readyz`,
    env: { PORT: process.env.E2E_PORT, E2E_STATE: process.env.E2E_STATE, LOG_LEVEL: "error" },
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
