import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { checkDatabase } from "./database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

function changed(change: Partial<Pick<URL, "password" | "pathname" | "port" | "hostname">>): string {
  return Object.assign(new URL(database.ownerUrl), change).href;
}

it("accepts a database that can be used", async () => {
  await expect(checkDatabase(database.ownerUrl)).resolves.toBeUndefined();
});

it.each([
  [
    "a wrong password",
    () => changed({ password: "wrong" }),
    /refused the user postgres .* Check its name and password/,
  ],
  ["a missing database", () => changed({ pathname: "/nowhere" }), /has no database nowhere\. Create it/],
  [
    "a host that nobody knows",
    () => changed({ hostname: "no-such-host.invalid" }),
    /no-such-host\.invalid .* is not known/,
  ],
  ["another kind of address", () => "mysql://a@b/c", /should look like postgres:/],
  ["an address without a database", () => changed({ pathname: "/" }), /names no database/],
])("explains %s", async (_what, url, sentence) => {
  await expect(checkDatabase(url())).rejects.toThrow(sentence);
});

it("explains a port that nobody listens on", async () => {
  const probe = createServer();
  const port = await new Promise<number>((resolve) => {
    probe.listen(0, "127.0.0.1", () => resolve((probe.address() as { port: number }).port));
  });
  await new Promise((resolve) => probe.close(resolve));
  await expect(checkDatabase(changed({ hostname: "127.0.0.1", port: String(port) }))).rejects.toThrow(
    `No PostgreSQL listens at 127.0.0.1:${port}`,
  );
  await expect(checkDatabase(changed({ hostname: encodeURIComponent("/no/such"), port: "1" }))).rejects.toThrow(
    "No PostgreSQL listens at /no/such:1",
  );
});
