import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "./client.ts";
import { type TestDatabase, testDatabase } from "./testing/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Holds on patches/postgres+*.patch: without it the first test kills the process and the second leaks a statement. */
describe("a connection that the server ends in the middle of a transaction", () => {
  it("fails that transaction, leaves the process alive, and is replaced", async () => {
    const app = connect(database.ownerUrl, { max: 1, applicationName: "victim", timeoutMs: 10_000 });
    const killer = connect(database.ownerUrl, { max: 1, applicationName: "killer", timeoutMs: 10_000 });
    const broken = app.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      await terminate(killer.db, "victim");
      for (let round = 0; round < 50; round++) {
        await tick();
        await tx.execute(sql`select ${round}::int`);
      }
    });
    await expect(broken).rejects.toThrow();
    // The news of its end may still be on its way; once it is there, every query gets a new connection.
    await app.db.execute(sql`select 1`).catch(() => undefined);
    await tick();
    for (let round = 0; round < 5; round++) {
      expect(await app.db.execute(sql`select 42 as answer`)).toEqual([{ answer: 42 }]);
    }
    await Promise.all([app.client.end(), killer.client.end()]);
  });

  it("lets none of its later statements into the transaction that gets the connection next", async () => {
    const app = connect(database.ownerUrl, { max: 1, applicationName: "stray", timeoutMs: 10_000 });
    const killer = connect(database.ownerUrl, { max: 1, applicationName: "killer", timeoutMs: 10_000 });
    await app.db.execute(sql`create table strays (who text)`);
    let goOn = () => {};
    const isNextOpen = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let strayed: unknown;
    const broken = app.db
      .transaction(async (tx) => {
        await tx.execute(sql`insert into strays values ('lost')`);
        await terminate(killer.db, "stray");
        await isNextOpen;
        strayed = await tx.execute(sql`insert into strays values ('stray')`).then(
          () => "written",
          () => "refused",
        );
      })
      .catch(() => "failed");
    expect(await broken).toBe("failed");
    await app.db.transaction(async (tx) => {
      await tx.execute(sql`insert into strays values ('next')`);
      goOn();
      for (let round = 0; round < 20; round++) await tick();
    });
    expect(strayed).toBe("refused");
    expect(await app.db.execute(sql`select who from strays`)).toEqual([{ who: "next" }]);
    await Promise.all([app.client.end(), killer.client.end()]);
  });
});

async function terminate(db: ReturnType<typeof connect>["db"], applicationName: string): Promise<void> {
  await db.execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName}`,
  );
}
