import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Check, check, settled } from "./check.ts";
import { describeMachine } from "./machine.ts";
import { type BenchOptions, readOptions, type ScenarioName, usage } from "./options.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { writeResult } from "./results.ts";
import { create } from "./scenarios/create.ts";
import { hot } from "./scenarios/hot.ts";
import { ledger, webhooks } from "./scenarios/parts.ts";
import { payment } from "./scenarios/payment.ts";
import { read } from "./scenarios/read.ts";
import type { ScenarioResult, Stage } from "./scenarios/scenario.ts";
import { startParts } from "./servers.ts";
import { soak } from "./soak/soak.ts";
import { openWorld, type World } from "./world.ts";

/** Where the database was kept is nobody's concern. */
const command = `npm run bench -- ${process.argv.slice(2).join(" ")}`.replace(/ --(?:data|profile)[= ]\S+/g, "").trim();

/** Over HTTP, with the whole product running. */
const whole: Partial<Record<ScenarioName, (stage: Stage) => Promise<ScenarioResult>>> = { create, read, payment, hot };
/** In this process, on the same database. */
const parts: Partial<Record<ScenarioName, (world: World, options: BenchOptions) => Promise<ScenarioResult>>> = {
  ledger,
  webhooks,
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.remote) return measureRemote(options, options.remote);
  // A process for each size: pools and caches belong to one database.
  if (options.stored.length > 1) {
    for (const stored of options.stored) {
      const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), "--stored", String(stored)];
      const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
      if (status !== 0) process.exitCode = 1;
    }
    return;
  }
  const stored = options.stored[0] ?? 0;
  const machine = describeMachine();
  if (options.profileDir) await mkdir(options.profileDir, { recursive: true });
  console.log(`storing ${stored.toLocaleString("en")} orders …`);
  const world = await openWorld({ stored, merchants: options.merchants, dataDir: options.dataDir });
  // One for all scenarios: the check asks it for the webhooks of the earlier ones too.
  const receiver = await startReceiver(world.receiverPort);
  try {
    for (const scenario of options.scenarios) {
      const { result, checked } = await runScenario(scenario, world, receiver, options);
      for (const { what, target, measured, met } of result.findings) {
        console.log(`${met ? "met   " : "missed"} ${what}: ${measured} (target ${target})`);
      }
      if (checked) {
        console.log(`counted ${JSON.stringify(checked.counted)}`);
        for (const violation of checked.violations) console.log(`BROKEN ${violation}`);
        if (checked.violations.length > 0) process.exitCode = 1;
      }
      if (options.dry) continue;
      await writeResult({
        scenario,
        date: new Date().toISOString(),
        command,
        stored,
        machine: { ...machine, postgres: world.postgresVersion },
        findings: result.findings,
        check: checked,
        steps: result.steps,
        ...(result.extra && { extra: result.extra }),
      });
    }
  } finally {
    await receiver.close();
    await world.close();
  }
}

async function runScenario(
  scenario: ScenarioName,
  world: World,
  receiver: Receiver,
  options: BenchOptions,
): Promise<{ result: ScenarioResult; checked: Check | undefined }> {
  const part = parts[scenario];
  if (part) return { result: await part(world, options), checked: undefined };
  const logDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "gpl-bench-log-")));
  if (scenario === "soak") return soak(world, receiver, options, logDir);
  const run = whole[scenario];
  if (!run) throw new Error(`scenario ${scenario} is not written`);
  const running = await startParts(world, { separateWorker: options.separateWorker, logDir });
  try {
    const result = await run({
      options,
      baseUrl: running.baseUrl,
      walletUrl: running.simulatorUrl,
      keys: world.merchants.map(({ key }) => key),
      receiver,
      world,
      parts: running,
    });
    await settled(world);
    return { result, checked: await check(world, receiver) };
  } finally {
    await running.stop();
  }
}

/** Nothing is known of the other side's database, so only the load and its answers are judged. */
async function measureRemote(options: BenchOptions, { baseUrl, key }: { baseUrl: string; key: string }): Promise<void> {
  const stage = {
    baseUrl,
    walletUrl: `${baseUrl}/sim`,
    keys: [key],
    receiver: undefined,
    world: undefined,
    parts: undefined,
  };
  for (const scenario of options.scenarios) {
    const result = await whole[scenario]?.({ ...stage, options });
    if (!result) throw new RangeError(`${scenario} needs its own database; leave --base-url out`);
    for (const { what, target, measured, met } of result.findings) {
      console.log(`${met ? "met   " : "missed"} ${what}: ${measured} (target ${target})`);
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RangeError) && !(error instanceof TypeError && "code" in error)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
// Pools of the sandbox and of the parts that were measured in this process are left as they are.
process.exit();
