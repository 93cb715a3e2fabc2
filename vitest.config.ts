import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{lib,db,scripts,components,app,samples}/**/*.test.{ts,tsx}"],
    globalSetup: ["db/testing/global-setup.ts"],
    // Against hanging, not against slowness: machines are shared.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    env: { LOG_LEVEL: process.env.LOG_LEVEL ?? "silent" },
  },
});
