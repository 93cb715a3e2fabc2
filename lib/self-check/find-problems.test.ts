import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { ownMigrations } from "#lib/backup/manifest";
import { translate } from "#lib/messages/translate";
import { checkCertificate } from "./check-certificate.ts";
import { checkHealth, type Health } from "./check-health.ts";
import { checkDatabase, checkDisk, checkSettings, type Finding } from "./find-problems.ts";

const sound = {
  PUBLIC_URL: "https://pay.example",
  NEXTAUTH_SECRET: "s".repeat(43),
  CRON_SECRET: "c".repeat(43),
  SECRETS_KEYS: "k1:x",
  SMTP_URL: "smtp://mail.example",
};
const codes = (found: readonly Finding[]) => found.map(({ code }) => code);

describe("the settings", () => {
  it.each<[string, Record<string, string>, string[]]>([
    ["are sound", {}, []],
    ["have no TLS", { PUBLIC_URL: "http://pay.example" }, ["public_url_insecure"]],
    ["are local, where TLS is not needed", { PUBLIC_URL: "http://localhost:3000" }, []],
    ["show the simulators to everybody", { SIMULATORS: "on" }, ["simulators_public"]],
    ["let webhooks reach private addresses", { WEBHOOK_ALLOW_ADDRESSES: "10.0.0.0/8" }, ["private_webhooks"]],
    ["have a short secret", { CRON_SECRET: "secret" }, ["secret_weak"]],
    ["have no key", { SECRETS_KEYS: "" }, ["keys_missing"]],
    ["keep an old key", { SECRETS_KEYS: "k2:x,k1:x" }, ["old_keys"]],
    ["send no mail", { SMTP_URL: "" }, ["mail_missing"]],
  ])("%s", (_what, change, expected) => {
    const found = checkSettings({ ...sound, ...change });
    expect(codes(found)).toEqual(expected);
    for (const { code, values } of found) {
      const texts = (["en", "zh-CN", "zh-TW"] as const).map((locale) => translate(locale, `selfCheck.${code}`, values));
      expect(new Set(texts).size).toBe(3);
      for (const text of texts) expect(text).toMatch(/^[^{}]+$/);
    }
  });
});

describe("the database", () => {
  let database: TestDatabase;
  let owner: postgres.Sql;
  beforeAll(async () => {
    database = await testDatabase();
    owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it("tells when no worker lives, and when one does", async () => {
    expect(codes(await checkDatabase(owner, ownMigrations()))).toEqual(["worker_silent"]);
    await owner`select internal.renew_worker_leases(array['pool'])`;
    expect(await checkDatabase(owner, ownMigrations())).toEqual([]);
  });

  it("tells when a payment page was altered, until it is as authorised again", async () => {
    const look = (changes: readonly { code: string; subject: string }[]) =>
      owner`insert into page_checks (build, page, changes, checked_at) values ('b', 'checkout', ${owner.json(changes)}, now())`;
    await look([{ code: "script_altered", subject: "/_next/a.js" }]);
    const [finding] = await checkDatabase(owner, ownMigrations());
    expect(finding).toMatchObject({
      code: "payment_page_changed",
      values: { page: "checkout", changes: "script_altered /_next/a.js" },
    });
    expect(translate("zh-CN", "selfCheck.payment_page_changed", finding?.values)).toMatch(/^[^{}]+$/);
    await look([]);
    expect(await checkDatabase(owner, ownMigrations())).toEqual([]);
  });

  it("tells when it is of another version", async () => {
    expect(codes(await checkDatabase(owner, [...ownMigrations(), "a later one"]))).toEqual(["migrations_differ"]);
  });
});

it("tells when the disk is nearly full", () => {
  expect(checkDisk("/data", { bavail: 9, blocks: 100 })).toMatchObject([{ code: "disk_full", values: { percent: 9 } }]);
  expect(checkDisk("/data", { bavail: 10, blocks: 100 })).toEqual([]);
});

describe("what was left undone", () => {
  const now = new Date("2026-03-10T00:00:00Z");
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const well: Health = {
    migrations: ["a"],
    job_late_s: 3,
    seal_late_s: 0,
    certificates_ending: 0,
    last_backup: daysAgo(1),
    last_rotation: daysAgo(30),
    running_since: daysAgo(900),
  };
  it.each<[string, Partial<Health>, string[]]>([
    ["nothing", {}, []],
    ["jobs that nobody takes", { job_late_s: 900 }, ["jobs_late"]],
    ["ledgers that nobody seals", { seal_late_s: 900 }, ["ledger_unsealed"]],
    ["certificates at channels", { certificates_ending: 2 }, ["channel_certificates"]],
    ["an old backup", { last_backup: daysAgo(5) }, ["backup_old"]],
    ["no backup at all", { last_backup: null }, ["backup_never"]],
    ["no backup on the first day", { last_backup: null, last_rotation: null, running_since: daysAgo(0) }, []],
    ["an old key", { last_rotation: daysAgo(400) }, ["keys_aged"]],
    ["the first key, never changed", { last_rotation: null }, ["keys_aged"]],
  ])("is found: %s", (_what, change, expected) => {
    const found = checkHealth({ ...well, ...change }, ["a"], now);
    expect(codes(found)).toEqual(expected);
    for (const { code, values } of found) {
      const texts = (["en", "zh-CN", "zh-TW"] as const).map((locale) => translate(locale, `selfCheck.${code}`, values));
      expect(new Set(texts).size).toBe(3);
      for (const text of texts) expect(text).toMatch(/^[^{}]+$/);
    }
  });

  it.each([
    [20, []],
    [5, ["certificate_ending"]],
    [-1, ["certificate_ended"]],
  ])("says of a certificate with %d days left: %j", (days, expected) => {
    const found = checkCertificate({ host: "pay.example", at: new Date(now.getTime() + days * 86_400_000) }, now);
    expect(codes(found)).toEqual(expected);
  });
});
