import postgres from "postgres";
import { SetupError } from "./setup-error.ts";

/** The three roles that the product connects as; the owner of the tables is only for migrations. */
export const roles = { app: "gpl_app", operator: "gpl_operator", simulator: "gpl_simulator" } as const;

export interface RolePasswords {
  readonly appPassword: string;
  readonly operatorPassword: string;
  readonly simulatorPassword: string;
}

/**
 * Creates the roles that are missing and gives them their passwords. Roles belong to the whole server, so another
 * database of the same server may be doing this at the same time.
 *
 * @throws SetupError when a role is missing and the connection's own role may not create it
 */
export async function ensureRoles(sql: postgres.Sql, passwords: RolePasswords): Promise<void> {
  const wanted = [
    { name: roles.app, password: passwords.appPassword, timeout: "10s" },
    { name: roles.operator, password: passwords.operatorPassword, timeout: "60s" },
    { name: roles.simulator, password: passwords.simulatorPassword, timeout: "60s" },
  ];
  const existing = new Set(
    (await sql`select rolname from pg_roles where rolname in ${sql(wanted.map((role) => role.name))}`).map(
      (row) => row.rolname as string,
    ),
  );
  const [self] = await sql`select rolsuper or rolcreaterole as may_create from pg_roles where rolname = current_user`;
  const missing = wanted.filter((role) => !existing.has(role.name));
  if (!self?.may_create) {
    if (missing.length > 0) failMissing(missing.map((role) => role.name));
    return; // Someone else manages the roles and their passwords; APP_DATABASE_URL and its kin say how to connect.
  }
  const [server] = await sql`select current_setting('server_version_num')::int as version`;
  for (const role of wanted) {
    const statement = `select format('alter role %I with login password %L', $1::text, $2::text) as text`;
    const [alter] = await sql.unsafe(statement, [role.name, role.password]);
    await createRole(sql, role.name);
    await untilUndisturbed(() => sql.unsafe(String(alter?.text)));
    // Longer than any request may take: checkpoints of balances fold only rows older than this (DESIGN §6).
    if (Number(server?.version) >= 170_000) {
      await untilUndisturbed(() => sql.unsafe(`alter role ${role.name} set transaction_timeout = '${role.timeout}'`));
    }
    // Small reads of many merchants: starting a parallel worker costs more than it saves.
    await untilUndisturbed(() => sql.unsafe(`alter role ${role.name} set max_parallel_workers_per_gather = 0`));
  }
}

async function createRole(sql: postgres.Sql, name: string): Promise<void> {
  await sql.unsafe(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${name}') then
        create role ${name} with login nosuperuser nocreatedb nocreaterole nobypassrls noinherit;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
}

/** Two databases changing one role at once get "tuple concurrently updated"; the later one simply does it again. */
async function untilUndisturbed(change: () => PromiseLike<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await change();
      return;
    } catch (error) {
      const code = error instanceof postgres.PostgresError ? error.code : "";
      if (code === "42501") return; // The role exists and is managed by someone else.
      if (attempt === 20 || code !== "XX000") throw error;
    }
  }
}

function failMissing(names: readonly string[]): never {
  const commands = names.map((name) => `create role ${name} login password '…';`).join(" ");
  throw new SetupError(
    `The user of DATABASE_URL may not create roles, and ${names.join(", ")} ${names.length === 1 ? "is" : "are"} missing. ` +
      `Let an administrator of that server run: ${commands} and set GPL_APP_PASSWORD, GPL_OPERATOR_PASSWORD and GPL_SIMULATOR_PASSWORD to those passwords.`,
  );
}
