import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EmbeddedServer, startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";

const passwords = { appPassword: "a'b", operatorPassword: "o", simulatorPassword: "s" };

let folder = "";
let server: EmbeddedServer;

// A server of its own: roles belong to the whole server, and the run's common one has them all.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpl-migrate-"));
  server = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "disposable" });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<postgres.RowList<postgres.Row[]>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A database whose owner is an ordinary user, as hosted PostgreSQL hands them out. */
async function databaseOwnedBy(user: string, attributes: string): Promise<string> {
  const root = server.url("postgres");
  await query(root, `create role ${user} login password 'x' ${attributes}`);
  await query(root, `create database ${user} owner ${user}`);
  const url = new URL(server.url(user));
  url.username = user;
  url.password = "x";
  return url.href;
}

function as(url: string, role: string, password: string): string {
  return Object.assign(new URL(url), { username: role, password: encodeURIComponent(password) }).href;
}

it("names the roles to create when the owner may not, and goes on once an administrator has created them", async () => {
  const url = await databaseOwnedBy("plain_owner", "");
  await expect(migrate(url, passwords)).rejects.toThrow(
    /gpl_app, gpl_operator, gpl_simulator are missing\. .* create role gpl_app/,
  );
  for (const role of ["gpl_app", "gpl_operator", "gpl_simulator"]) {
    await query(server.url("postgres"), `create role ${role} login password 'given'`);
  }
  await migrate(url, passwords);
  expect(await query(as(url, "gpl_app", "given"), "select current_user as me")).toEqual([{ me: "gpl_app" }]);
  await query(server.url("plain_owner"), "drop owned by gpl_app, gpl_operator, gpl_simulator");
  await query(server.url("postgres"), "drop role gpl_app, gpl_operator, gpl_simulator");
});

it("sets everything up as an owner who may create roles but is no superuser", async () => {
  const url = await databaseOwnedBy("hosted_owner", "createrole");
  await migrate(url, passwords);
  await migrate(url, passwords);
  expect(await query(as(url, "gpl_app", "a'b"), "select current_user as me")).toEqual([{ me: "gpl_app" }]);

  await query(url, "create table things (merchant_id text primary key)");
  await migrate(url, passwords);
  await query(url, "insert into things values ('mer_00000001')");
  expect(await query(url, "select * from things")).toHaveLength(1);
  expect(await query(as(url, "gpl_app", "a'b"), "select * from things")).toHaveLength(0);
  await migrate(url, { ...passwords, appPassword: "changed" });
  await expect(query(as(url, "gpl_app", "a'b"), "select 1")).rejects.toThrow("password authentication failed");
});

it("refuses to run with a role that would see every merchant", async () => {
  const url = server.url("hosted_owner");
  await query(url, "alter role gpl_app bypassrls");
  await expect(migrate(url, passwords)).rejects.toThrow("bypasses row-level security");
  await query(url, "alter role gpl_app nobypassrls");
});
