import type { BackupTable } from "./manifest.ts";
import { ourSchemas } from "./manifest.ts";

export type TableShape = Pick<BackupTable, "schema" | "name" | "columns">;

const schemaList = ourSchemas.map((name) => `'${name}'`).join(", ");

/** The largest first: it decides how long the whole takes. Generated columns are made anew by the table itself. */
export const tablesQuery = `
  select n.nspname as schema, c.relname as name, c.relforcerowsecurity as "isForced",
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attname) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname in (${schemaList}) and (n.nspname, c.relname) <> ('graphile_worker', 'migrations')
  order by pg_table_size(c.oid) desc, 1, 2`;

export const sequencesQuery = `
  select n.nspname as schema, c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and n.nspname in (${schemaList}) order by 1, 2`;

/** Dropped while rows arrive in no particular order; adding them again checks every row. */
export const foreignKeysQuery = `
  select n.nspname as schema, c.relname as name, k.conname as key, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'f' and n.nspname in (${schemaList}) order by 1, 2, 3`;
