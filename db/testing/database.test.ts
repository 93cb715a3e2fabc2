import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "#db/migrate";
import { type TestDatabase, testDatabase } from "./database.ts";

const merchant = "mer_00000001";
const other = "mer_00000002";
const passwords = {
  appPassword: "only-for-tests",
  operatorPassword: "only-for-tests",
  simulatorPassword: "only-for-tests",
};
const databases: TestDatabase[] = [];

async function freshDatabase(): Promise<TestDatabase> {
  const database = await testDatabase();
  databases.push(database);
  return database;
}

async function as<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** One table of each kind that the rules tell apart. */
async function addTables(database: TestDatabase): Promise<void> {
  await as(database.ownerUrl, async (sql) => {
    await sql.unsafe(`
      create table things (merchant_id text, id text, primary key (merchant_id, id));
      create table reference_rates (currency text primary key);
      create table if not exists users (id text primary key);
      create view all_things as select * from things;
      create schema if not exists sim;
      create table sim.sheep (id text);`);
    await migrate(database.ownerUrl, passwords);
    await sql`insert into things (merchant_id, id) values (${merchant}, 'a'), (${other}, 'b')`;
  });
}

const asMerchant = (sql: postgres.Sql, id: string, text: string) =>
  sql.begin(async (tx) => {
    await tx.unsafe(`set local app.merchant_id = '${id}'`);
    return tx.unsafe(text);
  });

let shared: TestDatabase;

beforeAll(async () => {
  shared = await freshDatabase();
  await addTables(shared);
});

afterAll(async () => {
  await Promise.all(databases.map((database) => database.drop()));
});

it("gives each caller a database of its own", async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  await as(one.ownerUrl, (sql) => sql`create table only_here (id int)`);
  const found = await as(two.ownerUrl, (sql) => sql`select to_regclass('public.only_here') as name`);
  expect(found[0]?.name).toBeNull();
});

it("shows the app only the rows of the merchant that the transaction names, and none without a name", async () => {
  const { appUrl } = shared;
  await as(appUrl, async (sql) => {
    expect(await asMerchant(sql, merchant, "select id from things")).toEqual([{ id: "a" }]);
    expect(await sql`select id from things`).toHaveLength(0);
    await expect(asMerchant(sql, merchant, `insert into things values ('${other}', 'c')`)).rejects.toThrow(
      "row-level security",
    );
    expect((await asMerchant(sql, merchant, "delete from things where id = 'b'")).count).toBe(0);
  });
});

it("shows operators every merchant's rows", async () => {
  const { operatorUrl } = shared;
  expect(await as(operatorUrl, (sql) => sql`select id from things order by id`)).toEqual([{ id: "a" }, { id: "b" }]);
});

it.each([
  ["change an append-only row", "update audit_log set id = id"],
  ["delete an append-only row", "delete from audit_log"],
  ["change a reference row", "insert into reference_rates values ('CNY')"],
  ["read private rows", "select * from users"],
  ["read through a view", "select * from all_things"],
  ["read the simulators' rows", "select * from sim.sheep"],
  ["read the queue's rows", "select * from graphile_worker.jobs"],
  ["read the migrations", "select * from drizzle.__drizzle_migrations"],
  ["switch the rules off", "alter table things disable row level security"],
])("does not let the app %s", async (_what, statement) => {
  const { appUrl } = shared;
  await as(appUrl, (sql) =>
    expect(asMerchant(sql, merchant, statement)).rejects.toThrow(/permission denied|must be owner/),
  );
});

it("lets the app enqueue a job through the function that owns the queue, and not past it", async () => {
  const { appUrl, ownerUrl } = shared;
  await as(appUrl, (sql) => sql`select internal.enqueue_job('t', '{}'::json, null, null, 3)`);
  const jobs = await as(ownerUrl, (sql) => sql`select task_identifier, max_attempts from graphile_worker.jobs`);
  expect(jobs).toEqual([{ task_identifier: "t", max_attempts: 3 }]);
});

it("lets the simulators' role at schema sim and nothing else", async () => {
  const { simulatorUrl } = shared;
  await as(simulatorUrl, async (sql) => {
    await sql`insert into sim.sheep (id) values ('dolly')`;
    await expect(sql`select * from public.things`).rejects.toThrow("permission denied");
  });
});

it("removes a policy that would open a tenant's rows", async () => {
  const { ownerUrl, appUrl } = shared;
  await as(ownerUrl, (sql) => sql`create policy too_kind on things to gpl_app using (true)`);
  await migrate(ownerUrl, passwords);
  expect(await as(appUrl, (sql) => sql`select id from things`)).toHaveLength(0);
});

it("migrates twice, and by several processes at once, to the same end", async () => {
  const { ownerUrl } = shared;
  const rules = () =>
    as(ownerUrl, (sql) => sql`select tablename, policyname, roles, qual from pg_policies order by 1, 2`);
  const before = await rules();
  await Promise.all([migrate(ownerUrl, passwords), migrate(ownerUrl, passwords), migrate(ownerUrl, passwords)]);
  expect(await rules()).toEqual(before);
});
