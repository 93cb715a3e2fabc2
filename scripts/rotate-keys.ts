import "./load-environment.ts";
import { join } from "node:path";
import { SetupError } from "#db/setup-error";
import { env } from "#lib/kernel/env";
import { rotateKeys } from "#lib/key-rotation/rotate";
import { openDatabase } from "./database.ts";
import { endInSentence } from "./say.ts";

/** `npm run secrets:rotate`: a new key in front of SECRETS_KEYS, and every sealed secret under it. */
await endInSentence(async () => {
  const keys = process.env.SECRETS_KEYS;
  if (!keys) throw new SetupError("SECRETS_KEYS is not set; there is no key to replace.");
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  try {
    const rotation = await rotateKeys(database.ownerUrl, {
      settingsFile: join(process.cwd(), ".env.local"),
      keys,
      readKeys: () => env.secretsKeys,
      onBatch: ({ table, column }, resealed) => console.log(`${table}.${column}: ${resealed} sealed anew`),
    });
    const whose = rotation.isNew ? "the new key" : "the key";
    console.log(`\n${rotation.resealed} secrets were sealed anew under ${whose} ${rotation.current}.`);
    if (rotation.closed.length > 0) {
      throw new SetupError(
        `No key opens these; put the key that sealed them back into SECRETS_KEYS and run this again:\n${rotation.closed.map((name) => `  - ${name}`).join("\n")}`,
      );
    }
    if (rotation.unused.length > 0) {
      console.log(
        `Nothing is sealed under ${rotation.unused.join(", ")} any more. Keep it with the backups made until now; in SECRETS_KEYS it may be removed when every machine has the new keys.`,
      );
    }
  } finally {
    if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  }
});
