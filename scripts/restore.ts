import "./load-environment.ts";
import { parseArgs } from "node:util";
import { SetupError } from "#db/setup-error";
import { restoreBackup } from "#lib/backup/restore-backup";
import { type Verification, verifyDatabase } from "#lib/backup/verify-restored";
import { openDatabase } from "./database.ts";
import { databaseUrls, loadEnvironment, rolePasswords, writeMissingSecrets } from "./environment.ts";
import { endInSentence } from "./say.ts";

/** `npm run restore -- FOLDER`: fills an empty database from a backup and proves that it is whole. */
await endInSentence(async () => {
  const [folder] = parseArgs({ allowPositionals: true }).positionals;
  if (!folder) throw new SetupError("Name the folder of the backup: npm run restore -- FOLDER");
  if (!process.env.SECRETS_KEYS) {
    throw new SetupError(
      "SECRETS_KEYS is not set. Put the keys of the backed-up product into .env.local first: a new key would leave every sealed secret closed.",
    );
  }
  await writeMissingSecrets(process.cwd(), process.env);
  loadEnvironment();
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  try {
    const manifest = await restoreBackup(database.ownerUrl, rolePasswords(process.env), folder, {
      onChecked: ({ tables, takenAt }) =>
        console.log(`${tables.length} files as of ${takenAt} are as they were written.`),
      onTable: ({ schema, name, rows }, done, all) => console.log(`${done} of ${all}: ${schema}.${name}, ${rows} rows`),
    });
    console.log(`\nThe rows of ${manifest.takenAt} are in. Reading them all once more:`);
    const verified = await verifyDatabase(databaseUrls(database.ownerUrl, process.env));
    for (const line of inWords(verified)) console.log(line);
    if (verified.findings.length > 0) {
      throw new SetupError(
        `The database is NOT whole; don't start the product on it:\n${verified.findings.map((finding) => `  - ${finding}`).join("\n")}`,
      );
    }
    console.log("The database is whole.");
  } finally {
    if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  }
});

function inWords(verified: Verification): string[] {
  return [
    `- every row count and every reference between tables holds; ${verified.merchants} merchants, ${verified.orders} orders`,
    `- ledger: ${verified.transfers} transfers, of which ${verified.sealedTransfers} stand in hash chains that were reckoned again`,
    `- activity log: ${verified.auditEntries} entries, of which ${verified.sealedEntries} stand in hash chains that were reckoned again`,
    `- events: ${verified.events}; ${verified.pendingDeliveries} webhook deliveries go on when the product starts`,
  ];
}
