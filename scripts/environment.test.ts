import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseKeyRing } from "#lib/kernel/crypto";
import { databaseUrls, portFrom, writeMissingSecrets } from "./environment.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gpl-environment-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const written = async () => parseEnv(await readFile(join(folder, ".env.local"), "utf8"));

it("writes every secret once, readable by its owner alone", async () => {
  const names = await writeMissingSecrets(folder, {});
  const first = await written();
  expect(Object.keys(first).sort()).toEqual([...names].sort());
  expect(new Set(Object.values(first)).size).toBe(names.length);
  expect((await stat(join(folder, ".env.local"))).mode & 0o777).toBe(0o600);
  expect(parseKeyRing(first.SECRETS_KEYS ?? "").current).toBe("k1");

  expect(await writeMissingSecrets(folder, {})).toEqual([]);
  expect(await written()).toEqual(first);
});

it("keeps what is set, in the file without a last line break or in the environment", async () => {
  await writeFile(join(folder, ".env.local"), "PORT=4000\nCRON_SECRET=mine");
  await writeMissingSecrets(folder, { NEXTAUTH_SECRET: "from the environment" });
  const values = await written();
  expect(values).toMatchObject({ PORT: "4000", CRON_SECRET: "mine" });
  expect(values).not.toHaveProperty("NEXTAUTH_SECRET");
});

it("says what to do when the file can't be written", async () => {
  await expect(writeMissingSecrets(join(folder, "missing"), {})).rejects.toThrow(
    /can't be written .* set GPL_APP_PASSWORD/,
  );
});

it("makes no new key for a database whose secrets are sealed under a lost one", async () => {
  await mkdir(join(folder, ".data", "postgres"), { recursive: true });
  await writeFile(join(folder, ".data", "postgres", "PG_VERSION"), "18");
  await expect(writeMissingSecrets(folder, {})).rejects.toThrow(/SECRETS_KEYS is not set.* Restore .*\.env\.local/);
  expect(await writeMissingSecrets(folder, { SECRETS_KEYS: "k1:x" })).not.toContain("SECRETS_KEYS");
});

it("derives each role's address from the owner's, unless it has its own", () => {
  const urls = databaseUrls("postgres://owner:secret@db:5432/pay?sslmode=require", {
    GPL_APP_PASSWORD: "a/b",
    OPERATOR_DATABASE_URL: "postgres://other@elsewhere/pay",
  });
  expect(urls.appUrl).toBe("postgres://gpl_app:a%2Fb@db:5432/pay?sslmode=require");
  expect(urls.operatorUrl).toBe("postgres://other@elsewhere/pay");
});

it.each(["abc", "0", "70000", "1.5"])("refuses %s as a port", (text) => {
  expect(() => portFrom({ PORT: text }, "PORT", 3000)).toThrow("is not a port");
});
