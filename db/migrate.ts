import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as migrateTables } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations as migrateJobs } from "graphile-worker";
import postgres from "postgres";
import { ensureRoles, type RolePasswords } from "./roles.ts";
import { writeFirstArticles } from "./seed/first-articles.ts";
import { SetupError } from "./setup-error.ts";

const folder = fileURLToPath(new URL("../drizzle", import.meta.url));

/** Any number that no other user of advisory locks in our databases takes. */
const migrationLock = 7_041_001;

const silentLogger = new Logger(() => () => {});

/**
 * Brings a database to the present version: tables, job queue, roles, functions, rights and row-level security.
 * Safe to run at every start, also by several processes at once.
 *
 * @param ownerUrl connects as the owner of the tables, who may create roles or finds them created
 * @throws SetupError when a role is missing and may not be created
 */
export async function migrate(ownerUrl: string, passwords: RolePasswords): Promise<void> {
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "globalpaylink-migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await ensureRoles(sql, passwords);
    // No migrations yet on a tree whose tables are still being written.
    if (existsSync(`${folder}/meta/_journal.json`)) {
      await migrateTables(drizzle(sql), { migrationsFolder: folder }).catch(failMigration);
    }
    await migrateJobs({ connectionString: ownerUrl, logger: silentLogger });
    await runFiles(sql, ["functions.sql", "security.sql"]);
    await writeFirstArticles(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function failMigration(error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  throw new SetupError(
    `The database could not be brought to this version (${cause instanceof Error ? cause.message : cause}); it stays as it was. Was it made by another version of the product? Use the version that made it, or another database.`,
    { cause: error },
  );
}

/** In one transaction: nobody ever sees tables whose rights are half revoked. */
async function runFiles(sql: postgres.Sql, names: readonly string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local lock_timeout = '30s'`;
    for (const name of names) {
      const path = `${folder}/${name}`;
      if (existsSync(path)) await tx.unsafe(await readFile(path, "utf8"));
    }
  });
}
