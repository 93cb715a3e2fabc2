import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { migrate } from "#db/migrate";
import type { RolePasswords } from "#db/roles";
import { SetupError } from "#db/setup-error";
import { CopyIn } from "./copy-in.ts";
import {
  type BackupTable,
  checkFiles,
  type Manifest,
  ownMigrations,
  quoted,
  quotedName,
  readManifest,
  spelling,
} from "./manifest.ts";
import { foreignKeysQuery, type TableShape, tablesQuery } from "./tables.ts";

export interface RestoreOptions {
  /** Called when the files have been compared with the manifest, before anything is written. */
  readonly onChecked?: (manifest: Manifest) => void;
  /** Called after each table. */
  readonly onTable?: (table: BackupTable, done: number, all: number) => void;
}

type FoundTable = TableShape & { readonly isForced: boolean };

/**
 * Fills an empty database from a backup. All rows arrive in one transaction: a restore that was cut short leaves empty
 * tables, and can simply be run again.
 *
 * @param ownerUrl connects as who will own the tables
 * @throws SetupError when the backup is not whole, of another version, or the database is not empty
 */
export async function restoreBackup(
  ownerUrl: string,
  passwords: RolePasswords,
  folder: string,
  options: RestoreOptions = {},
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.migrations.join() !== ownMigrations().join()) {
    throw new SetupError(
      `The backup in ${folder} is of another version of the product. Restore it with the version that wrote it, then upgrade.`,
    );
  }
  await checkFiles(folder, manifest);
  options.onChecked?.(manifest);

  await withClient(ownerUrl, refuseFilled);
  await migrate(ownerUrl, passwords);
  await withClient(ownerUrl, async (client) => {
    await client.query("begin");
    await load(client, manifest, folder, options);
    await client.query("commit");
    await client.query("analyze"); // Without statistics the first queries would be planned for empty tables.
  });
  return manifest;
}

async function withClient(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const settings = Object.entries(spelling)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(" ", "\\ ")}`)
    .join(" ");
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: "globalpaylink-restore",
    options: `${settings} -c statement_timeout=0 -c idle_in_transaction_session_timeout=0`,
  });
  client.on("error", () => {}); // The query that it interrupts is told as well.
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** The articles that come with the product: a database that was only migrated has them, and is as good as empty. */
const filledByMigration: ReadonlySet<string> = new Set(["articles", "article_versions", "published_articles"]);

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<FoundTable>(tablesQuery);
  for (const table of rows) {
    if (filledByMigration.has(table.name)) continue;
    const found = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (found.rowCount === 0) continue;
    throw new SetupError(
      `The database is not empty: ${table.schema}.${table.name} has rows. A backup is restored into a new database only; nothing was changed.`,
    );
  }
}

async function load(client: pg.Client, manifest: Manifest, folder: string, options: RestoreOptions): Promise<void> {
  const { rows: found } = await client.query<FoundTable>(tablesQuery);
  compareShapes(manifest.tables, found);
  const names = found.map(quoted).join(", ");
  // Nobody writes before the last row is in, and none of what stands here now stays.
  await client.query(`truncate ${names}`);
  const { rows: keys } = await client.query<{ schema: string; name: string; key: string; definition: string }>(
    foreignKeysQuery,
  );
  for (const key of keys) await client.query(`alter table ${quoted(key)} drop constraint ${quotedName(key.key)}`);
  for (const table of found) {
    await client.query(`alter table ${quoted(table)} disable trigger user`);
    // COPY refuses tables whose rules bind the owner too.
    if (table.isForced) await client.query(`alter table ${quoted(table)} no force row level security`);
  }

  for (const [index, table] of manifest.tables.entries()) {
    await loadTable(client, table, join(folder, table.file));
    options.onTable?.(table, index + 1, manifest.tables.length);
  }

  for (const table of found) {
    if (table.isForced) await client.query(`alter table ${quoted(table)} force row level security`);
    await client.query(`alter table ${quoted(table)} enable trigger user`);
  }
  for (const key of keys) {
    await client.query(`alter table ${quoted(key)} add constraint ${quotedName(key.key)} ${key.definition}`);
  }
  for (const { last, isCalled, ...sequence } of manifest.sequences) {
    await client.query("select setval($1::regclass, $2::bigint, $3)", [quoted(sequence), last, isCalled]);
  }
  await freeJobs(client);
}

function compareShapes(wanted: readonly TableShape[], found: readonly TableShape[]): void {
  const words = (tables: readonly TableShape[]) =>
    new Set(tables.map((table) => `${quoted(table)} (${table.columns})`));
  const here = words(found);
  const there = words(wanted);
  const differing = [...there].find((table) => !here.has(table)) ?? [...here].find((table) => !there.has(table));
  if (differing) throw new SetupError(`The backup and this version of the product differ in the table ${differing}.`);
}

async function loadTable(client: pg.Client, table: BackupTable, path: string): Promise<void> {
  const columns = table.columns.map(quotedName).join(", ");
  const file = createReadStream(path);
  const text = createGunzip();
  file.on("error", (error) => text.destroy(error));
  const copy = new CopyIn(`copy ${quoted(table)} (${columns}) from stdin`, file.pipe(text));
  client.query(copy);
  const taken = await copy.rows.catch((cause: unknown) => {
    throw new SetupError(`${path} could not be loaded: ${cause instanceof Error ? cause.message : cause}.`, { cause });
  });
  const counted = await client.query<{ count: string }>(`select count(*) as count from ${quoted(table)}`);
  if (taken === table.rows && Number(counted.rows[0]?.count) === table.rows) return;
  throw new SetupError(`${path} was written with ${table.rows} rows, and ${taken} arrived.`);
}

/** Those who held them are gone with the old database. */
async function freeJobs(client: pg.Client): Promise<void> {
  await client.query(
    "update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null",
  );
  await client.query(
    "update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null",
  );
  await client.query("delete from internal.worker_leases");
}
