import { readFileSync, statSync } from "node:fs";
import { parseEnv } from "node:util";
import { type KeyRing, parseKeyRing } from "./crypto.ts";
import { processWide } from "./globals.ts";
import { log } from "./log.ts";

/** Longest that a process goes on sealing under a key that is no longer the first. */
export const lookEveryMs = 1_000;

type NamedRing = ReturnType<typeof parseKeyRing>;

interface Following {
  ring: NamedRing;
  /** Monotonic: tests move the clock. */
  lookedAt: number;
  /** What tells one writing of the file from another. */
  version: string;
}

const settingsFile = processWide("settings-file", () => ({ path: "" }));

/** Said by whoever has read the settings from a file: keys that are added there reach this process while it runs. */
export function followSettingsFile(path: string): void {
  settingsFile.path = path;
}

/**
 * The key ring of this process. A new key in the file that SECRETS_KEYS came from is noticed within a second, and at
 * once when something is to be opened that is sealed under it: nobody has to be restarted.
 */
export function processKeyRing(): KeyRing {
  const following = processWide(
    "key-ring",
    (): Following => ({ ring: initialRing(), lookedAt: Number.NEGATIVE_INFINITY, version: "" }),
  );
  if (performance.now() - following.lookedAt >= lookEveryMs) look(following);
  return {
    current: following.ring.current,
    keys: {
      get(name) {
        if (!following.ring.keys.get(name)) look(following);
        return following.ring.keys.get(name);
      },
    },
  };
}

function initialRing(): NamedRing {
  const text = process.env.SECRETS_KEYS;
  if (!text) throw new Error("SECRETS_KEYS is not set; `npm run up` writes it to .env.local");
  return parseKeyRing(text);
}

function look(following: Following): void {
  following.lookedAt = performance.now();
  if (!settingsFile.path) return;
  try {
    const { mtimeMs, size, ino } = statSync(settingsFile.path);
    const version = `${mtimeMs} ${size} ${ino}`;
    if (version === following.version) return;
    const text = parseEnv(readFileSync(settingsFile.path, "utf8")).SECRETS_KEYS;
    const ring = text ? parseKeyRing(text) : undefined;
    // Where the environment has keys of its own, the file's are another product's.
    if (ring && sharesKey(ring, following.ring)) following.ring = ring;
    following.version = version;
  } catch (error) {
    log.warn({ err: error }, "the keys in the settings file can't be read; going on with those known");
  }
}

function sharesKey(one: NamedRing, other: NamedRing): boolean {
  return [...one.keys].some(([name, key]) => other.keys.get(name)?.equals(key));
}
