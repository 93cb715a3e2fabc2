import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "#db/client";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { noteMilestone } from "./milestones.ts";
import { selfCheck } from "./self-check.ts";

const settings = {
  PUBLIC_URL: "http://pay.example",
  NEXTAUTH_SECRET: "s".repeat(43),
  CRON_SECRET: "c".repeat(43),
  SECRETS_KEYS: "k1:x",
  SMTP_URL: "smtp://mail.example",
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it("tells the app's and the operators' role the same, errors first, in the reader's language", async () => {
  for (const url of [database.appUrl, database.operatorUrl]) {
    const { client, db } = connect(url, { max: 1, applicationName: "test", timeoutMs: 10_000 });
    const found = await selfCheck(db, "zh-CN", settings).finally(() => client.end());
    const own = found.filter(({ code }) => code !== "disk_full");
    expect(own.map(({ code }) => code)).toEqual(["public_url_insecure", "worker_silent"]);
    expect(own[0]?.text).toContain("PUBLIC_URL");
    expect(own[0]?.text).toMatch(/[\u4e00-\u9fff]/);
  }
});

it("knows when the last backup was made", async () => {
  const { client, db } = connect(database.ownerUrl, { max: 1, applicationName: "test", timeoutMs: 10_000 });
  const backups = async () =>
    (await selfCheck(db, "en", settings)).map(({ code }) => code).filter((code) => /^backup/.test(code));
  await client`insert into merchants (merchant_id, name, country, time_zone, branding, settings, created_at)
    values ('mer_00000001', 'Old shop', 'CN', 'Asia/Shanghai', '{}', '{}', now() - interval '9 days')`;
  expect(await backups()).toEqual(["backup_never"]);
  await noteMilestone(client, "backup");
  expect(await backups()).toEqual([]);
  await client`update internal.milestones set at = now() - interval '4 days'`;
  expect(await backups()).toEqual(["backup_old"]);
  await client.end();
});
