import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename } from "node:fs/promises";
import { parseEnv } from "node:util";
import { SetupError } from "#db/setup-error";
import { parseKeyRing } from "#lib/kernel/crypto";

/**
 * Puts a new key in front of those in the settings file. The file is replaced as a whole: whoever reads it meanwhile sees
 * the old keys or all of them.
 *
 * @returns the new key's name
 * @throws SetupError when SECRETS_KEYS comes from the environment, which no command can change
 */
export async function addKey(path: string, inEnvironment: string): Promise<string> {
  const file = await realpath(path).catch(() => path);
  const text = await readFile(file, "utf8").catch(() => "");
  const listed = parseEnv(text).SECRETS_KEYS;
  const keys = parseKeyRing(inEnvironment).keys;
  const name = nextName([...keys.keys()]);
  if (listed !== inEnvironment) {
    throw new SetupError(
      `SECRETS_KEYS does not come from ${path}, so that this command can't add a key to it. Make one with \`openssl rand -base64 32\` and add \`${name}:<key>\`: first behind the others on every machine, and when all have been restarted in front of them; then run this again.`,
    );
  }
  const value = `${name}:${randomBytes(32).toString("base64")},${listed}`;
  const changed = text.replace(
    /^(\s*(?:export\s+)?SECRETS_KEYS\s*=).*$/m,
    (_line, start: string) => `${start}${value}`,
  );
  if (parseEnv(changed).SECRETS_KEYS !== value)
    throw new SetupError(`The line SECRETS_KEYS of ${path} can't be changed.`);
  await replaceFile(file, changed);
  return name;
}

function nextName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^k(\d+)$/.exec(name)?.[1] ?? 0));
  return `k${Math.max(0, ...numbers) + 1}`;
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync(); // Rows will be sealed under this key: it must not be lost with the machine's power.
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
}
