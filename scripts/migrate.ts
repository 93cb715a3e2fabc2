import "./load-environment.ts";
import { migrate } from "#db/migrate";
import { openDatabase } from "./database.ts";
import { loadEnvironment, rolePasswords, writeMissingSecrets } from "./environment.ts";
import { endInSentence } from "./say.ts";

/** Brings the database to the present version, for deployments that do it as a step of their own. */
await endInSentence(async () => {
  await writeMissingSecrets(process.cwd(), process.env);
  loadEnvironment();
  const database = await openDatabase(process.env.DATABASE_URL, process.cwd());
  await migrate(database.ownerUrl, rolePasswords(process.env));
  if (database.embedded && !database.embedded.attached) await database.embedded.stop();
  console.log("The database is up to date.");
});
