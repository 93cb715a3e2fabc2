import { operatorDatabase } from "#db/operator-database";
import { parameters } from "#db/schema/operator";
import { type ParameterName, parameterTable } from "#lib/parameters/parameters";

export interface ParameterEntry {
  readonly name: ParameterName;
  readonly group: string;
  readonly value: unknown;
  readonly initial: unknown;
  readonly updatedAt: Date | undefined;
  readonly updatedBy: string | undefined;
}

/** Every parameter with what it is now and what it is by itself. */
export async function listParameters(): Promise<ParameterEntry[]> {
  const rows = new Map((await operatorDatabase().select().from(parameters)).map((row) => [row.name, row]));
  return (Object.keys(parameterTable) as ParameterName[]).map((name) => {
    const { group, initial } = parameterTable[name];
    const row = rows.get(name);
    return {
      name,
      group,
      initial,
      value: row ? row.value : initial,
      updatedAt: row?.updatedAt,
      updatedBy: row?.updatedBy,
    };
  });
}
