import type { KeyRing } from "./crypto.ts";
import { processWide } from "./globals.ts";
import { processKeyRing } from "./key-ring.ts";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; \`npm run up\` writes it to .env.local`);
  return value;
}

function databaseUrlAs(role: string, passwordName: string): string {
  const url = new URL(required("DATABASE_URL"));
  url.username = role;
  url.password = required(passwordName);
  return url.toString();
}

/** The process's settings, read when asked for, so that a tool that needs one of them does not demand the others. */
export const env = {
  /** The owner's connection: migrations and the job queue. */
  get databaseUrl() {
    return required("DATABASE_URL");
  },
  get appDatabaseUrl() {
    return process.env.APP_DATABASE_URL || databaseUrlAs("gpl_app", "GPL_APP_PASSWORD");
  },
  get operatorDatabaseUrl() {
    return process.env.OPERATOR_DATABASE_URL || databaseUrlAs("gpl_operator", "GPL_OPERATOR_PASSWORD");
  },
  get simulatorDatabaseUrl() {
    return process.env.SIMULATOR_DATABASE_URL || databaseUrlAs("gpl_simulator", "GPL_SIMULATOR_PASSWORD");
  },
  /** Origin that shoppers, merchants and providers reach us at; no trailing slash. */
  get publicUrl() {
    // Asked for with every order that is shown: read once.
    return processWide("public-url", () =>
      (process.env.PUBLIC_URL || `http://localhost:${process.env.PORT || "3000"}`).replace(/\/$/, ""),
    );
  },
  get simulatorsOn() {
    return process.env.SIMULATORS === "on";
  },
  /** Whether the past of the demo merchants is made: real payments at the simulated providers. */
  get demoDataOn() {
    return process.env.DEMO_DATA === "on" && this.simulatorsOn;
  },
  /** Where our own servers reach the simulators. */
  get simulatorUrl() {
    const port = process.env.SIMULATOR_PORT || String(Number(process.env.PORT || "3000") + 10);
    return (process.env.SIMULATOR_URL || `http://127.0.0.1:${port}`).replace(/\/$/, "");
  },
  get secretsKeys(): KeyRing {
    return processKeyRing();
  },
  get sessionSecret() {
    return required("NEXTAUTH_SECRET");
  },
  get databasePoolSize() {
    return Number(process.env.DATABASE_POOL || "12");
  },
  /** Whether requests to the API are kept for their merchant to look at. */
  get requestLogOn() {
    return process.env.REQUEST_LOG !== "off";
  },
  /** Jobs under way at once in one worker. */
  get workerConcurrency() {
    return Number(process.env.WORKER_CONCURRENCY || "20");
  },
  /** Batches of webhooks under way at once in one worker. */
  get webhookConcurrency() {
    return Number(process.env.WEBHOOK_CONCURRENCY || "20");
  },
};
