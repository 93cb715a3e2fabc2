import { Column, DrizzleQueryError, eq, getTableColumns, is, Param, Placeholder, SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import { sessionOf } from "./client.ts";
import type { Tx } from "./tenancy.ts";

/** Makes texts, and never connects. */
const maker = drizzle.mock();

type Values = Readonly<Record<string, unknown>>;

/** What Drizzle keeps of a query that it has put into words. */
interface Worded {
  readonly queryString: string;
  readonly params: readonly unknown[];
  readonly fields: readonly { readonly path: readonly string[]; readonly field: unknown }[] | undefined;
}

interface Ready {
  readonly text: string;
  readonly bind: (values: Values) => unknown[];
  readonly read: ((row: readonly unknown[]) => unknown) | undefined;
}

/**
 * A query of a hot path, put into words once: Drizzle takes longer to write a select of all columns of a wide table than
 * we and the server take to run it (measured: 0.27 ms of 0.49 ms). Inside, `value.…` stands for what each call brings.
 */
export function statement<V extends Values, Q extends PromiseLike<unknown>>(
  build: (db: typeof maker, value: V) => Q,
): (tx: Pick<Tx, "db">, values: V) => Promise<Awaited<Q>> {
  let ready: Ready | undefined;
  return (tx, values) => {
    ready ??= readyFrom(build(maker, placeholders<V>()));
    return run(tx, ready, values) as Promise<Awaited<Q>>;
  };
}

type Row<T extends PgTable> = T["$inferSelect"];

/**
 * Changes rows of a table; a text for each set of columns that is ever changed together.
 *
 * @param key columns that name the row
 */
export function updateStatement<T extends PgTable, K extends string & keyof T["_"]["columns"]>(
  table: T,
  key: readonly K[],
): (tx: Pick<Tx, "db">, own: Readonly<Pick<Row<T>, K & keyof Row<T>>>, change: Partial<Row<T>>) => Promise<Row<T>[]> {
  const ready = new Map<string, Ready>();
  const columns = table as unknown as Readonly<Record<string, PgColumn>>;
  return (tx, own, change) => {
    const set: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(change)) if (value !== undefined) set[name] = value;
    const names = Object.keys(set);
    const shape = names.join();
    let known = ready.get(shape);
    if (!known) {
      const value = placeholders<Record<string, unknown>>();
      const changed = Object.fromEntries(names.map((name) => [name, value[name]]));
      const where = sql.join(
        key.map((name) => eq(columns[name] as Column, value[`own.${name}`])),
        sql` and `,
      );
      known = readyFrom(
        maker
          .update(table)
          .set(changed as never)
          .where(where)
          .returning(),
      );
      ready.set(shape, known);
    }
    for (const name of key) set[`own.${name}`] = own[name as unknown as keyof typeof own];
    return run(tx, known, set) as Promise<Row<T>[]>;
  };
}

/** A whole row for `insert`, each column brought by the call. */
export function rowOf<T extends PgTable>(table: T, value: Row<T>): Row<T> {
  const names = Object.keys(getTableColumns(table)) as (keyof Row<T>)[];
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Row<T>;
}

/**
 * A text of our own for a hot path, with `$1`, `$2` … in it. Parameters are what the driver takes as they are: text,
 * numbers, booleans.
 */
export function command<R extends Record<string, unknown> = Record<string, never>>(
  text: string,
): (tx: Pick<Tx, "db">, params: readonly (string | number | boolean | null)[]) => Promise<R[]> {
  const ready: Ready = { text, bind: (values) => values as unknown as unknown[], read: undefined };
  return (tx, params) => run(tx, ready, params as never) as Promise<R[]>;
}

/** Stands for every name of `V`; typed as the value, so that a query with it is checked like any other. */
function placeholders<V>(): V {
  return new Proxy({}, { get: (_, name) => sql.placeholder(String(name)) }) as V;
}

function readyFrom(query: unknown): Ready {
  const { queryString, params, fields } = (query as { prepare(name: string): Worded }).prepare("");
  const binders = params.map(binderOf);
  return {
    text: queryString,
    bind: (values) => binders.map((binder) => binder(values)),
    read: fields && readerOf(fields),
  };
}

function binderOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) {
    const { name } = param;
    return (values) => values[name] ?? null;
  }
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder, value } = param;
    const { name } = value;
    return (values) => {
      const given = values[name] ?? null;
      return given === null ? null : encoder.mapToDriverValue(given);
    };
  }
  return () => param;
}

function readerOf(fields: NonNullable<Worded["fields"]>): (row: readonly unknown[]) => unknown {
  const cells = fields.map(({ path, field }) => {
    const [name] = path;
    if (name === undefined || path.length > 1 || !(is(field, Column) || is(field, SQL))) {
      throw new TypeError("a statement selects plain columns");
    }
    return { name, decoder: decoderOf(field) };
  });
  return (row) => {
    const result: Record<string, unknown> = {};
    for (const [index, { name, decoder }] of cells.entries()) {
      const raw = row[index];
      result[name] = raw === null ? null : decoder.mapFromDriverValue(raw);
    }
    return result;
  };
}

function decoderOf(field: Column | SQL): { mapFromDriverValue(value: unknown): unknown } {
  return is(field, Column) ? field : (field as unknown as { decoder: Column }).decoder;
}

async function run(tx: Pick<Tx, "db">, { text, bind, read }: Ready, values: Values): Promise<unknown> {
  const client = sessionOf(tx.db);
  const params = bind(values);
  try {
    // Handed over at once, not when somebody waits for it: statements reach the server in the order of their calls.
    const sent = client.unsafe(text, params as never[], { prepare: true });
    return read ? (await sent.values().execute()).map(read) : await sent.execute();
  } catch (error) {
    throw new DrizzleQueryError(text, params, error as Error);
  }
}
