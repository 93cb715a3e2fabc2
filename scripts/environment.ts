import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { appendFile, chmod } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type RolePasswords, roles } from "#db/roles";
import { SetupError } from "#db/setup-error";
import { followSettingsFile } from "#lib/kernel/key-ring";

const fileName = ".env.local";

const secrets: Record<string, () => string> = {
  GPL_APP_PASSWORD: () => randomBytes(24).toString("base64url"),
  GPL_OPERATOR_PASSWORD: () => randomBytes(24).toString("base64url"),
  GPL_SIMULATOR_PASSWORD: () => randomBytes(24).toString("base64url"),
  SECRETS_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64url"),
  CRON_SECRET: () => randomBytes(32).toString("base64url"),
};

/** Settings from .env.local, where the environment does not already say otherwise. */
export function loadEnvironment(folder: string = process.cwd()): void {
  const path = join(folder, fileName);
  if (!existsSync(path)) return;
  process.loadEnvFile(path);
  followSettingsFile(path);
}

/**
 * Writes the secrets that neither the environment nor .env.local has; existing values stay as they are.
 *
 * @returns the names that were written
 * @throws SetupError when the file can't be written, or a new key would make old data unreadable
 */
export async function writeMissingSecrets(folder: string, environment: Environment): Promise<string[]> {
  const path = join(folder, fileName);
  try {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const present = parseEnv(text);
    const missing = Object.keys(secrets).filter((name) => !environment[name] && !present[name]);
    if (missing.length === 0) return [];
    if (missing.includes("SECRETS_KEYS") && existsSync(join(folder, ".data", "postgres", "PG_VERSION"))) {
      throw new SetupError(
        `SECRETS_KEYS is not set, and the database in .data/postgres holds secrets sealed under it. Restore ${path}, or move .data/postgres away to begin with an empty database.`,
      );
    }
    const lines = missing.map((name) => `${name}=${secrets[name]?.()}\n`);
    await appendFile(path, (text === "" || text.endsWith("\n") ? "" : "\n") + lines.join(""), { mode: 0o600 });
    await chmod(path, 0o600);
    return missing;
  } catch (cause) {
    if (cause instanceof SetupError) throw cause;
    throw new SetupError(
      `${path} can't be written (${(cause as NodeJS.ErrnoException).code}), and the product needs its secrets there. Give your user the right to write it, or set ${Object.keys(secrets).join(", ")} in the environment.`,
      { cause },
    );
  }
}

export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly operatorUrl: string;
  readonly simulatorUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function rolePasswords(environment: Environment): RolePasswords {
  return {
    appPassword: environment.GPL_APP_PASSWORD ?? "",
    operatorPassword: environment.GPL_OPERATOR_PASSWORD ?? "",
    simulatorPassword: environment.GPL_SIMULATOR_PASSWORD ?? "",
  };
}

/** Each role's connection string: its own setting, else the owner's with the role's name and password. */
export function databaseUrls(ownerUrl: string, environment: Environment): DatabaseUrls {
  const derived = (role: string, password: string | undefined) => {
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = password ?? "";
    return url.href;
  };
  return {
    ownerUrl,
    appUrl: environment.APP_DATABASE_URL || derived(roles.app, environment.GPL_APP_PASSWORD),
    operatorUrl: environment.OPERATOR_DATABASE_URL || derived(roles.operator, environment.GPL_OPERATOR_PASSWORD),
    simulatorUrl: environment.SIMULATOR_DATABASE_URL || derived(roles.simulator, environment.GPL_SIMULATOR_PASSWORD),
  };
}

/**
 * Reads a port number from the environment.
 *
 * @throws SetupError when it is not one
 */
export function portFrom(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`${name}=${text} is not a port. Set it to a number from 1 to 65535.`);
}
