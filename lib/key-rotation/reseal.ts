import type postgres from "postgres";
import { type KeyRing, seal, unseal } from "#lib/kernel/crypto";
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts";

const defaultBatchSize = 200;
/** A row that somebody changes under our hands is met again in the next pass. */
const maxPasses = 20;

export interface ResealOptions {
  readonly batchSize?: number;
  /** Called after each batch that had something to do. */
  readonly onBatch?: (column: SealedColumn, resealed: number) => void | Promise<void>;
}

export interface Resealed {
  readonly resealed: number;
  /** `table.column id`: no key of the ring opens them, or they were tampered with. They stay as they are. */
  readonly closed: readonly string[];
}

interface SealedRow extends postgres.Row {
  readonly sealed: string;
  /** The parts of the row's key. */
  readonly at: string[];
}

/**
 * Seals everything anew that is sealed under another key than the ring's first, a few rows at a time and without a lock
 * that anybody waits for. Killed at any moment it leaves rows that open; run again it goes on with those that are left.
 *
 * @param owner reaches the rows of every tenant
 */
export async function resealAll(owner: postgres.Sql, ring: KeyRing, options: ResealOptions = {}): Promise<Resealed> {
  let resealed = 0;
  for (let pass = 0; pass < maxPasses; pass++) {
    const closed: string[] = [];
    let missed = 0;
    for (const column of sealedColumns) {
      const found = await resealColumn(owner, ring, column, options);
      resealed += found.resealed;
      missed += found.missed;
      closed.push(...found.closed);
    }
    if (missed === 0) return { resealed, closed };
  }
  throw new Error("rows kept changing while they were sealed anew");
}

async function resealColumn(owner: postgres.Sql, ring: KeyRing, column: SealedColumn, options: ResealOptions) {
  const size = options.batchSize ?? defaultBatchSize;
  const closed: string[] = [];
  let resealed = 0;
  let missed = 0;
  let after: string[] | undefined;
  for (;;) {
    const rows = await batchAfter(owner, ring, column, after, size);
    for (const row of rows) {
      const id = row.at.at(-1) ?? "";
      const plain = open(ring, row.sealed, column.context(id));
      if (plain === undefined) closed.push(`${column.table}.${column.column} ${id}`);
      else if (await replace(owner, column, row, seal(ring, plain, column.context(id)))) resealed += 1;
      else missed += 1;
    }
    if (rows.length > 0) await options.onBatch?.(column, resealed);
    if (rows.length < size) return { resealed, missed, closed };
    after = rows.at(-1)?.at;
  }
}

function open(ring: KeyRing, sealed: string, context: string): string | undefined {
  try {
    return unseal(ring, sealed, context);
  } catch {
    return undefined;
  }
}

function batchAfter(
  owner: postgres.Sql,
  ring: KeyRing,
  { table, key, column }: SealedColumn,
  after: readonly string[] | undefined,
  size: number,
): Promise<SealedRow[]> {
  const keys = key.join(", ");
  const beyond = after ? `and (${keys}) > (${key.map((_, index) => `$${index + 3}`).join(", ")})` : "";
  return owner.unsafe<SealedRow[]>(
    `select ${column} as sealed, array[${keys}]::text[] as at from public.${table}
      where ${column} like 'v1.%' and split_part(${column}, '.', 2) <> $1 ${beyond} order by ${keys} limit $2`,
    [ring.current, size, ...(after ?? [])],
  );
}

/** Only over what was read: a secret that was changed in the meantime is newer than ours. */
async function replace(owner: postgres.Sql, column: SealedColumn, row: SealedRow, sealed: string): Promise<boolean> {
  const where = column.key.map((name, index) => `${name} = $${index + 3}`).join(" and ");
  const written = await owner.unsafe(
    `update public.${column.table} set ${column.column} = $1 where ${column.column} = $2 and ${where}`,
    [sealed, row.sealed, ...row.at],
  );
  return written.count === 1;
}

/** How many texts are sealed under each key. */
export async function countByKey(owner: postgres.Sql): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, column } of sealedColumns) {
    const rows = await owner.unsafe(
      `select split_part(${column}, '.', 2) as key, count(*)::int as count from public.${table}
        where ${column} like 'v1.%' group by 1`,
    );
    for (const row of rows) counts.set(String(row.key), (counts.get(String(row.key)) ?? 0) + Number(row.count));
  }
  return counts;
}
