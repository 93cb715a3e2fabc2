import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { connect, type Database } from "./client.ts";

const connections = 4;

/** The operators' role: sees every merchant. Only lib/operator may ask for it. */
export function operatorDatabase(): Database {
  return processWide("operator-database", () =>
    connect(env.operatorDatabaseUrl, {
      max: connections,
      applicationName: "globalpaylink-operator",
      timeoutMs: 30_000,
    }),
  ).db;
}
