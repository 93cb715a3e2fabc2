import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { type EmbeddedServer, startEmbedded, stopEmbedded } from "./embedded.ts";

const folders: string[] = [];

async function freshFolder(): Promise<string> {
  // Closed to everybody but us, as a home folder is: the server must start there all the same.
  const folder = await mkdtemp(join(tmpdir(), "gpl-embedded-"));
  folders.push(folder);
  return join(folder, "postgres");
}

const start = (dataDir: string) => startEmbedded({ dataDir, profile: "disposable" });

async function query(server: EmbeddedServer, text: string): Promise<postgres.RowList<postgres.Row[]>> {
  const sql = postgres(server.url("postgres"), { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
}

afterAll(async () => {
  for (const folder of folders) {
    await stopEmbedded(join(folder, "postgres"), "immediate").catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
});

it("keeps its data, its port and its password from one start to the next", async () => {
  const dataDir = await freshFolder();
  const first = await start(dataDir);
  await query(first, "create table kept (id int)");
  await first.stop();
  await first.stop();

  const second = await start(dataDir);
  expect(second.attached).toBe(false);
  expect(second.url("postgres")).toBe(first.url("postgres"));
  expect(await query(second, "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
  await second.stop();
});

it("attaches to the server that a killed run left behind", async () => {
  const dataDir = await freshFolder();
  const left = await start(dataDir);
  const found = await start(dataDir);
  expect(found.attached).toBe(true);
  expect(found.port).toBe(left.port);
  await found.stop();
  await expect(query(left, "select 1")).rejects.toThrow(/ECONNREFUSED|ENOENT/);
});

it("is reached by a socket in its folder, and by TCP where that folder's name is too long for one", async () => {
  const whence = "select inet_server_addr()::text as address";
  const near = await start(await freshFolder());
  expect(await query(near, whence)).toEqual([{ address: null }]);
  await near.stop();

  const far = await start(join(await freshFolder(), "a".repeat(100)));
  expect(await query(far, whence)).toEqual([{ address: "127.0.0.1/32" }]);
  await far.stop();
});

it("recovers the committed rows after the server was killed", async () => {
  const dataDir = await freshFolder();
  const first = await startEmbedded({ dataDir, profile: "durable" });
  await query(first, "create table kept as select 1 as id");
  process.kill(await postmasterPid(dataDir), "SIGKILL");

  const second = await start(dataDir);
  expect(await query(second, "select id from kept")).toEqual([{ id: 1 }]);
  await second.stop();
});

it("clears a lock file whose number now belongs to another program", async () => {
  const dataDir = await freshFolder();
  const first = await start(dataDir);
  const files = ["postmaster.pid", `.s.PGSQL.${first.port}.lock`].map((name) => join(dataDir, name));
  const held = await Promise.all(files.map(async (file) => (await readFile(file, "utf8")).split("\n")));
  await first.stop();
  for (const [at, [, ...lines]] of held.entries()) {
    await writeFile(files[at] ?? "", [process.pid, ...lines].join("\n"));
  }

  const second = await start(dataDir);
  expect(second.attached).toBe(false);
  await second.stop();
});

it("begins anew when the first start was killed while it made the cluster", async () => {
  const dataDir = await freshFolder();
  await mkdir(join(`${dataDir}.new`, "data"), { recursive: true });
  await writeFile(join(`${dataDir}.new`, "data", "PG_VERSION"), "18\n");
  const server = await start(dataDir);
  expect(await query(server, "show server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
  await server.stop();
});

it("says what to do when the folder can't be made", async () => {
  const folder = join(await freshFolder(), "..");
  await writeFile(join(folder, "file"), "");
  await expect(start(join(folder, "file", "postgres"))).rejects.toThrow(/can't be written .* set DATABASE_URL/);
});

it("says which version made the data when it is another's", async () => {
  const dataDir = await freshFolder();
  await mkdir(dataDir);
  await writeFile(join(dataDir, "PG_VERSION"), "9.6\n");
  await expect(start(dataDir)).rejects.toThrow("made by PostgreSQL 9.6");
});
