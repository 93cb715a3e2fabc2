import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { z } from "zod";
import { SetupError } from "#db/setup-error";
import { projectFile } from "#lib/kernel/project-root";

const tableSchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  /** Under the backup's folder. */
  file: z.string().regex(/^tables\/[a-z0-9_.]+\.copy\.gz$/),
  rows: z.int().nonnegative(),
  /** Of the file as it lies there. */
  bytes: z.int().nonnegative(),
  sha256: z.string().length(64),
});

const sequenceSchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  last: z.string().regex(/^\d+$/),
  isCalled: z.boolean(),
});

const manifestSchema = z.strictObject({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  postgres: z.string(),
  /** Hashes of the migrations that the database had; another version of the product has others. */
  migrations: z.array(z.string()),
  tables: z.array(tableSchema),
  sequences: z.array(sequenceSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type BackupTable = z.infer<typeof tableSchema>;

export const manifestName = "manifest.json";

/** Whose tables a backup holds; what migrating writes by itself (`drizzle`) is no part of it. */
export const ourSchemas = ["public", "internal", "sim", "graphile_worker"] as const;

/** How values are spelled in the files, whatever the servers' own settings are. */
export const spelling = {
  client_encoding: "UTF8",
  datestyle: "ISO, YMD",
  intervalstyle: "iso_8601",
  timezone: "UTC",
  extra_float_digits: "3",
  bytea_output: "hex",
} as const;

/** `public.orders`, quoted as SQL wants it. */
export function quoted(table: { readonly schema: string; readonly name: string }): string {
  return `${quotedName(table.schema)}.${quotedName(table.name)}`;
}

export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Of the version of the product that runs here. */
export function ownMigrations(): string[] {
  return readMigrationFiles({ migrationsFolder: projectFile("drizzle") }).map(({ hash }) => hash);
}

/** @throws SetupError when there is none, or it is not one of ours */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestName);
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new SetupError(
      `There is no backup in ${folder}: ${path} can't be read (${cause.code}). A folder whose name ends in .unfinished is one that was cut short.`,
      { cause },
    );
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SetupError(`${path} is damaged, or was written by another version of the product.`, { cause });
  }
}

/**
 * Reads every file of a backup and compares it with the manifest.
 *
 * @throws SetupError that names the first file that is missing, cut or changed
 */
export async function checkFiles(folder: string, manifest: Manifest): Promise<void> {
  for (const table of manifest.tables) {
    const path = join(folder, table.file);
    const hash = createHash("sha256");
    let bytes = 0;
    await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
      }
    }).catch((cause: NodeJS.ErrnoException) => {
      throw new SetupError(`${path} can't be read (${cause.code}); the backup is not whole.`, { cause });
    });
    if (bytes < table.bytes) throw new SetupError(`${path} is cut off: ${bytes} of ${table.bytes} bytes.`);
    if (hash.digest("hex") !== table.sha256) throw new SetupError(`${path} is not the file that was written.`);
  }
}
