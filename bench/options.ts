import { parseArgs } from "node:util";

const measuredNames = ["create", "read", "payment", "hot", "ledger", "webhooks"] as const;
/** The soak is run when it is named: it takes an hour. */
export const scenarioNames = [...measuredNames, "soak"] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export interface BenchOptions {
  readonly scenarios: readonly ScenarioName[];
  /** Orders in the database before the measurement; one round of all scenarios for each. */
  readonly stored: readonly number[];
  /** Of each measured step. */
  readonly seconds: number;
  /** How long the soak lasts. */
  readonly minutes: number;
  /** Arrivals a second; each scenario's own steps when undefined. */
  readonly rate: number | undefined;
  readonly merchants: number;
  /** Measures a server that runs already instead of starting one; nothing is stored and no database is looked at. */
  readonly remote: { readonly baseUrl: string; readonly key: string } | undefined;
  /** The worker in a process of its own instead of inside the web process. */
  readonly separateWorker: boolean;
  /** Keeps the database in this folder, so that the next run finds its stored orders. */
  readonly dataDir: string | undefined;
  /** Writes CPU profiles of the server here. */
  readonly profileDir: string | undefined;
  /** Prints, but writes nothing to bench/results. */
  readonly dry: boolean;
}

export const usage = `npm run bench -- [${scenarioNames.join(" | ")} …]
  --stored 10000,1000000   orders stored beforehand, one round each (10000)
  --seconds 20             length of each measured step
  --minutes 60             length of the soak
  --rate 250               one step at this many arrivals a second, instead of the scenario's own steps
  --merchants 10           merchants that the load is spread over
  --base-url URL --key sk_test_…   measure a running server (create, read, payment)
  --separate-worker        the worker in a process of its own
  --data FOLDER            keep the database for the next run
  --profile FOLDER         write CPU profiles of the server
  --dry                    write no results`;

/** @throws RangeError in one sentence */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stored: { type: "string", default: "10000" },
      seconds: { type: "string", default: "20" },
      minutes: { type: "string", default: "60" },
      rate: { type: "string" },
      merchants: { type: "string", default: "10" },
      "base-url": { type: "string" },
      key: { type: "string" },
      "separate-worker": { type: "boolean", default: false },
      data: { type: "string" },
      profile: { type: "string" },
      dry: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !isScenario(name));
  if (unknown !== undefined) throw new RangeError(`there is no scenario ${unknown}`);
  const remote = remoteOf(values["base-url"], values.key);
  const all = remote ? (["create", "read", "payment"] as const) : measuredNames;
  return {
    scenarios: positionals.length > 0 ? positionals.filter(isScenario) : all,
    stored: values.stored.split(",").map((text) => count("stored", text, 0)),
    seconds: count("seconds", values.seconds, 1),
    minutes: count("minutes", values.minutes, 1),
    rate: values.rate === undefined ? undefined : count("rate", values.rate, 1),
    merchants: count("merchants", values.merchants, 1),
    remote,
    separateWorker: values["separate-worker"],
    dataDir: values.data,
    profileDir: values.profile,
    dry: values.dry || remote !== undefined,
  };
}

function isScenario(name: string): name is ScenarioName {
  return (scenarioNames as readonly string[]).includes(name);
}

function remoteOf(baseUrl: string | undefined, key: string | undefined): BenchOptions["remote"] {
  if (!baseUrl) return undefined;
  if (!key?.startsWith("sk_test_")) throw new RangeError("--base-url needs --key with a secret key of test mode");
  return { baseUrl: baseUrl.replace(/\/$/, ""), key };
}

function count(name: string, text: string, least: number): number {
  const value = Number(text.replaceAll("_", ""));
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`--${name} ${text} is not a whole number from ${least}`);
  return value;
}
