import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "#db/setup-error";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium that is already here: CHROMIUM_PATH, or one in PATH. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = environment.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`CHROMIUM_PATH is ${named}, and no file is there. Correct it, or unset it to have one found.`);
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => programs.map((program) => join(folder, program))).find((path) => existsSync(path));
}

/**
 * The Chromium for the browser tests: one that is here, else Debian's package when we may install it, else the
 * download of Playwright (which then finds it by itself).
 *
 * @throws SetupError when there is none and none can be had
 */
export function provideChromium(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = findChromium(environment);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args: string[]) =>
      spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
    // The fonts: without them every Chinese text is a row of boxes of another width.
    if (apt("update") && apt("install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk")) {
      const installed = findChromium(environment);
      if (installed) return installed;
    }
  }
  const download = spawnSync(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    stdio: "inherit",
  });
  if (download.status === 0) return undefined;
  throw new SetupError("No Chromium was found and none could be installed. Install one and set CHROMIUM_PATH to it.");
}
