import { processWide } from "#lib/kernel/globals";
import { connect, type Database } from "./client.ts";

export type SimulatorDb = Database;

/** The simulators' own connection, as a role that reads only schema `sim`. */
export function simulatorDb(url: string): SimulatorDb {
  return processWide(`simulator-db:${url}`, () =>
    connect(url, { max: 6, applicationName: "globalpaylink-simulators", timeoutMs: 15_000 }),
  ).db;
}
