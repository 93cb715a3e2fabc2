import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import postgres from "postgres";
import { SetupError } from "#db/setup-error";
import {
  type BackupTable,
  type Manifest,
  manifestName,
  ownMigrations,
  quoted,
  quotedName,
  spelling,
} from "./manifest.ts";
import { sequencesQuery, type TableShape, tablesQuery } from "./tables.ts";

export interface BackupOptions {
  /** Called after each table. */
  readonly onTable?: (table: BackupTable, done: number, all: number) => void;
  /** Tables read at once, each over a connection of its own. */
  readonly readers?: number;
}

const atSnapshot = "isolation level repeatable read read only";
const newLine = 0x0a;

/**
 * Writes every row of the database, as it was at one moment, into a new folder, while the product goes on working. The
 * folder gets its name when the last byte is on the disk.
 *
 * @throws SetupError when the folder exists, or the database belongs to another version of the product
 */
export async function writeBackup(ownerUrl: string, folder: string, options: BackupOptions = {}): Promise<Manifest> {
  const target = resolve(folder);
  await refuseUsed(target);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(unfinished, "tables"), { recursive: true, mode: 0o700 });

  const sql = postgres(ownerUrl, {
    max: 1 + (options.readers ?? 2),
    onnotice: () => {},
    connection: {
      application_name: "globalpaylink-backup",
      statement_timeout: 0,
      idle_in_transaction_session_timeout: 0,
      ...spelling,
    },
  });
  try {
    const manifest = await sql.begin(atSnapshot, (keeper) => copyDatabase(sql, keeper, unfinished, options));
    await writeFile(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await syncFolder(join(unfinished, "tables"));
    await syncFolder(unfinished);
    await rm(target, { recursive: true, force: true }); // Empty, as was made sure of above.
    await rename(unfinished, target);
    await syncFolder(dirname(target));
    return manifest;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseUsed(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new SetupError(`${folder} is no folder that a backup can be written to (${error.code}).`, { cause: error });
  });
  if (names.length > 0)
    throw new SetupError(`${folder} is not empty. A backup wants a folder of its own; name another.`);
}

/** @param keeper holds the snapshot that every reader looks at */
async function copyDatabase(
  sql: postgres.Sql,
  keeper: postgres.TransactionSql,
  folder: string,
  options: BackupOptions,
): Promise<Manifest> {
  const [moment] = await keeper<{ snapshot: string; taken: Date; version: string }[]>`
    select pg_export_snapshot() as snapshot, now() as taken, current_setting('server_version') as version`;
  if (!moment) throw new Error("the server exported no snapshot");
  const migrations = await migrationsOf(keeper);
  const waiting = (await keeper.unsafe<(TableShape & postgres.Row)[]>(tablesQuery)).map(
    ({ schema, name, columns }): TableShape => ({ schema, name, columns }),
  );
  const all = waiting.length;
  const tables: BackupTable[] = [];
  const reader = () =>
    sql.begin(atSnapshot, async (tx) => {
      await tx.unsafe(`set transaction snapshot '${moment.snapshot}'`);
      for (let shape = waiting.shift(); shape; shape = waiting.shift()) {
        const table = await copyTable(tx, shape, folder);
        tables.push(table);
        options.onTable?.(table, tables.length, all);
      }
    });
  const readers = await Promise.allSettled(
    Array.from({ length: options.readers ?? 2 }, () =>
      reader().catch((error: unknown) => {
        waiting.length = 0; // The others need not go on.
        throw error;
      }),
    ),
  );
  for (const result of readers) if (result.status === "rejected") throw result.reason;
  return {
    format: 1,
    takenAt: moment.taken.toISOString(),
    postgres: moment.version,
    migrations,
    tables: tables.sort((a, b) => (a.file < b.file ? -1 : 1)),
    sequences: await sequencesOf(keeper),
  };
}

/** @throws SetupError when this version of the product could not restore what it is about to write */
async function migrationsOf(tx: postgres.TransactionSql): Promise<string[]> {
  const [found] = await tx`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  const rows = found?.exists ? await tx`select hash from drizzle.__drizzle_migrations order by created_at` : [];
  const hashes = rows.map((row) => String(row.hash));
  if (hashes.join() === ownMigrations().join()) return hashes;
  throw new SetupError(
    hashes.length === 0
      ? "The database holds no tables of the product; there is nothing to back up."
      : "The database was brought to another version of the product than this one. Back it up with the version that runs on it.",
  );
}

async function copyTable(tx: postgres.TransactionSql, shape: TableShape, folder: string): Promise<BackupTable> {
  const file = `tables/${shape.schema}.${shape.name}.copy.gz`;
  const columns = shape.columns.map(quotedName).join(", ");
  const hash = createHash("sha256");
  let rows = 0;
  let bytes = 0;
  // A line feed inside of a value is written as \n, so that each one ends a row.
  const countRows = passing((chunk) => {
    for (let at = chunk.indexOf(newLine); at >= 0; at = chunk.indexOf(newLine, at + 1)) rows += 1;
  });
  const measure = passing((chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  const source = await tx.unsafe(`copy (select ${columns} from ${quoted(shape)}) to stdout`).readable();
  const output = createWriteStream(join(folder, file), { mode: 0o600, flush: true });
  await pipeline(source, countRows, createGzip({ level: 4 }), measure, output);
  return { ...shape, file, rows, bytes, sha256: hash.digest("hex") };
}

function passing(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      look(chunk);
      done(null, chunk);
    },
  });
}

/** Read after the snapshot was taken: sequences know no snapshots, and may only be ahead of the rows. */
async function sequencesOf(tx: postgres.TransactionSql): Promise<Manifest["sequences"]> {
  const sequences: Manifest["sequences"] = [];
  for (const row of await tx.unsafe(sequencesQuery)) {
    const sequence = { schema: String(row.schema), name: String(row.name) };
    const [state] = await tx.unsafe(`select last_value::text as last, is_called from ${quoted(sequence)}`);
    sequences.push({ ...sequence, last: String(state?.last), isCalled: Boolean(state?.is_called) });
  }
  return sequences;
}

/** A new name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
