import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "#db/setup-error";

const sources = [
  "app",
  "components",
  "lib",
  "db",
  "messages",
  "public",
  "package-lock.json",
  "next.config.ts",
  "tsconfig.json",
  "proxy.ts",
  "instrumentation.ts",
];

const stampFile = join(".next", "globalpaylink-sources");

/** Of everything that ends up in the pages; tests do not. */
export function sourcesHash(folder: string): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    const path = join(folder, source);
    if (!existsSync(path)) continue;
    for (const file of filesOf(path)) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash
        .update(`${file.slice(folder.length)}\0`)
        .update(readFileSync(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return [path];
    throw error;
  }
  return entries.sort().flatMap((entry) => filesOf(join(path, entry)));
}

/**
 * Builds the pages, unless they were built from just these sources.
 *
 * @returns whether it had to
 * @throws SetupError when the build fails; what it said is in .data/build.log
 */
export async function buildIfStale(folder: string): Promise<boolean> {
  const stamp = join(folder, stampFile);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(folder)) return false;

  const logFile = join(folder, ".data", "build.log");
  mkdirSync(join(folder, ".data"), { recursive: true });
  const { code, output } = await runBuild(folder, logFile);
  if (code !== 0)
    throw new SetupError(`The pages could not be built:\n\n${output.slice(-4000)}\n(all of it in ${logFile})`);
  // Taken again: the first build of a clone may complete tsconfig.json.
  writeFileSync(stamp, sourcesHash(folder));
  return true;
}

function runBuild(folder: string, logFile: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const next = join(folder, "node_modules", "next", "dist", "bin", "next");
    const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const child = spawn(process.execPath, [next, "build"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const log = createWriteStream(logFile);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
        log.write(chunk);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => log.end(() => resolve({ code: code ?? 1, output })));
  });
}
