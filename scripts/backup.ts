import "./load-environment.ts";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { SetupError } from "#db/setup-error";
import { writeBackup } from "#lib/backup/write-backup";
import { noteMilestone } from "#lib/self-check/milestones";
import { openDatabase } from "./database.ts";
import { endInSentence } from "./say.ts";

/** `npm run backup -- FOLDER`: the whole database, as it is now, into a new folder. The product may go on working. */
await endInSentence(async () => {
  const [folder] = parseArgs({ allowPositionals: true }).positionals;
  if (!folder) throw new SetupError("Name the folder that the backup is to be written to: npm run backup -- FOLDER");
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  try {
    const manifest = await writeBackup(database.ownerUrl, folder, {
      onTable: ({ schema, name, rows }, done, all) => console.log(`${done} of ${all}: ${schema}.${name}, ${rows} rows`),
    });
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    await noteMilestone(owner, "backup").finally(() => owner.end({ timeout: 5 }));
    const bytes = manifest.tables.reduce((sum, table) => sum + table.bytes, 0);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`\n${rows} rows as of ${manifest.takenAt} are in ${folder}: ${Math.ceil(bytes / 1024)} KiB.`);
    console.log(
      "SECRETS_KEYS is not among them. Keep it too, in another place: without it sealed secrets stay closed.",
    );
  } finally {
    // A server that was already running belongs to the product that runs on it.
    if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  }
});
