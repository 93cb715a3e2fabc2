// Runs on whatever Node is there and before anything is installed, so: plain JavaScript, built-in modules only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oldestNode = 18;

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the program with a sentence that says what to do. */
function fail(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

function fingerprint(folder) {
  const hash = createHash("sha256");
  for (const name of ["package.json", "package-lock.json"]) {
    if (existsSync(join(folder, name))) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex");
}

/** Installs the packages unless what is installed already is what the lock file asks for. */
export function install(folder = root) {
  if (Number(process.versions.node.split(".")[0]) < oldestNode) {
    fail(
      `This is Node ${process.versions.node}, and ${oldestNode} or newer is needed. Install it from https://nodejs.org.`,
    );
  }
  const stamp = join(folder, ".data", "installed");
  const wanted = fingerprint(folder);
  const installed = existsSync(join(folder, "node_modules", ".package-lock.json"));
  if (installed && existsSync(stamp) && readFileSync(stamp, "utf8").trim() === wanted) return;

  console.log("Installing packages …");
  // The npm that runs us, if one does: `npm` in PATH may be another, or missing.
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  // Not `npm ci`: it refuses a lock file that lacks other systems' binaries, which is what npm writes where the registry
  // does not carry them. Without saving, the lock file rules the versions just the same and stays as it is.
  const save = existsSync(join(folder, "package-lock.json")) ? ["--no-save"] : [];
  // An environment that says production would leave the compiler and the test tools out.
  const args = [...npm.slice(1), "install", ...save, "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const shell = process.platform === "win32" && npm.length === 1;
  const result = spawnSync(npm[0], args, { cwd: folder, stdio: "inherit", shell });
  if (result.error) fail(`npm could not be started (${result.error.message}). Install Node together with npm.`);
  if (result.status !== 0)
    fail("The packages could not be installed; npm says why above. Try again when that is put right.");
  try {
    mkdirSync(dirname(stamp), { recursive: true });
    // npm itself may have written the lock file just now.
    writeFileSync(stamp, `${fingerprint(folder)}\n`);
  } catch (error) {
    fail(`${dirname(stamp)} can't be written (${error.code}). Give your user the right to write there.`);
  }
}

/** Goes on in a TypeScript file, under the Node version that the project pins; ends with its exit code. */
export function continueIn(script, args, folder = root) {
  const pinned = join(folder, "node_modules", ".bin", "node");
  const node = existsSync(pinned) ? pinned : process.execPath;
  const works = spawnSync(node, ["--version"]).status === 0;
  if (!works) {
    rmSync(join(folder, ".data", "installed"), { force: true });
    fail("The pinned Node under node_modules does not run on this machine. Delete node_modules and try again.");
  }
  const child = spawn(node, [join(folder, script), ...args], { cwd: folder, stdio: "inherit" });
  // Ctrl-C reaches the child by itself; it decides when all is stopped.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
