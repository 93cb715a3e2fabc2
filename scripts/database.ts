import { join } from "node:path";
import postgres from "postgres";
import { type EmbeddedServer, startEmbedded } from "#db/embedded";
import { SetupError } from "#db/setup-error";

const oldestVersion = 15;
const connectTimeoutS = 10;

export interface OwnedDatabase {
  readonly ownerUrl: string;
  /** Set when the database is our own; whoever started it stops it. */
  readonly embedded?: EmbeddedServer;
}

/** The database of DATABASE_URL, checked, or our own under .data. @throws SetupError */
export async function openDatabase(url: string | undefined, folder: string): Promise<OwnedDatabase> {
  if (url) {
    await checkDatabase(url);
    return { ownerUrl: url };
  }
  const embedded = await startEmbedded({ dataDir: join(folder, ".data", "postgres"), profile: "durable" });
  return { ownerUrl: await embedded.database("globalpaylink"), embedded };
}

/**
 * Makes sure that a connection string leads to a PostgreSQL that we can use.
 *
 * @throws SetupError with one sentence for each way that it can be wrong
 */
export async function checkDatabase(url: string): Promise<void> {
  const target = parse(url);
  const sql = postgres(url, { max: 1, connect_timeout: connectTimeoutS, onnotice: () => {} });
  try {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
    const major = Number(row?.major);
    if (major < oldestVersion) {
      throw new SetupError(
        `DATABASE_URL leads to PostgreSQL ${major}; ${oldestVersion} or newer is needed. Upgrade that server, or unset DATABASE_URL to use the one that comes with the product.`,
      );
    }
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(sentenceFor(error, target), { cause: error });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function parse(text: string): URL {
  const example = "postgres://user:password@host:5432/database";
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new SetupError(`DATABASE_URL is not a PostgreSQL connection string. It should look like ${example}.`);
  }
  const url = new URL(text);
  if (url.pathname.length < 2) throw new SetupError(`DATABASE_URL names no database. It should look like ${example}.`);
  return url;
}

function sentenceFor(error: unknown, target: URL): string {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const host = `${decodeURIComponent(target.hostname)}:${target.port || "5432"}`;
  const user = decodeURIComponent(target.username);
  const database = target.pathname.slice(1);
  switch (code) {
    case "28P01":
    case "28000":
      return `The server at ${host} refused the user ${user} of DATABASE_URL (${message}). Check its name and password.`;
    case "3D000":
      return `The server at ${host} has no database ${database}. Create it (create database "${database}") or correct DATABASE_URL.`;
    case "42501":
      return `The user ${user} may not connect to the database ${database} at ${host}. Grant it the right, or name another in DATABASE_URL.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host ${target.hostname} of DATABASE_URL is not known. Check its spelling and your DNS.`;
    case "ECONNREFUSED":
    case "ENOENT": // A host that is a folder has no socket of this port.
      return `No PostgreSQL listens at ${host}. Start it, or correct DATABASE_URL; unset it to use the database that comes with the product.`;
    case "CONNECT_TIMEOUT":
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `The database at ${host} did not answer within ${connectTimeoutS} s. Check that it runs and that no firewall is in between.`;
    case "53300":
      return `The server at ${host} takes no more connections. Raise its max_connections or close some.`;
    default:
      return `The database at ${host} can't be used (${message || code}). Check DATABASE_URL.`;
  }
}
