import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { recordAudit } from "./record.ts";
import { sealAuditLog, verifyAuditLog } from "./seal.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const atOnce = { minimumAgeMs: 0 };

async function record(ctx: Context, count: number): Promise<void> {
  await ctx.transaction(async (tx) => {
    for (let entry = 0; entry < count; entry++) {
      await recordAudit(tx, "thing.change", `thing_${entry}`, { before: { size: 1 }, after: { size: "大" } });
    }
  });
}

/** Three links of four entries each. */
async function sealedLog(): Promise<Context> {
  const { ctx } = await platform.merchant({}, []);
  for (let round = 0; round < 3; round++) {
    await record(ctx, 4);
    // An entry that was rounded up to the next millisecond is still too young for a moment.
    let sealed = 0;
    while (sealed < 4) sealed += await sealAuditLog(ctx, atOnce);
    expect(sealed).toBe(4);
  }
  return ctx;
}

const ms = (moment: string) => new Date(moment).getTime();

const idsOf = async (ctx: Context) =>
  (await platform.owner`select id from audit_log where merchant_id = ${ctx.merchantId} order by recorded_at, id`).map(
    (row) => String(row.id),
  );

it("chains what it seals, finds an untouched log whole, and is quick about nothing new", async () => {
  const ctx = await sealedLog();
  expect(await sealAuditLog(ctx, atOnce)).toBe(0);
  const verified = await verifyAuditLog(ctx);
  expect(verified).toMatchObject({ entries: 12, broken: undefined });
  const [last] = await platform.owner`
    select hash, through from audit_seals where merchant_id = ${ctx.merchantId} order by number desc limit 1`;
  expect([verified.head, verified.through]).toEqual([last?.hash, new Date(last?.through)]);
});

it("has the digests and the hash that its documented format gives", async () => {
  const { ctx } = await platform.merchant({}, []);
  await record(ctx, 1);
  while ((await sealAuditLog(ctx, atOnce)) === 0);
  const [row] = await platform.owner`
    select *, change::text as change_text from audit_log where merchant_id = ${ctx.merchantId}`;
  const [seal] = await platform.owner`select * from audit_seals where merchant_id = ${ctx.merchantId}`;
  const parts = [row?.id, ms(row?.recorded_at), ms(row?.created_at), false, row?.actor_type, row?.actor_id];
  const hashOf = (values: readonly unknown[]) =>
    createHash("sha256")
      .update(`[${values.map((value) => JSON.stringify(value)).join(", ")}]`)
      .digest("hex");
  const person = hashOf([row?.personal_salt, null, row?.ip, row?.user_agent]);
  const digest = hashOf([...parts, row?.verb, row?.object_id, row?.change_text, row?.request_id, person]);
  expect(seal?.entries).toEqual([[row?.id, digest]]);
  const head = ["globalpaylink-audit-2", ctx.merchantId, false, 1, ms(seal?.through), ""];
  const lines = [JSON.stringify(head), JSON.stringify([row?.id, digest])].join("\n");
  expect(seal?.hash).toBe(createHash("sha256").update(lines).digest("hex"));
});

describe("names the first entry that somebody", () => {
  it.each([
    ["changed: its verb", "update audit_log set verb = 'thing.forged' where id = ID"],
    ["changed: its actor", "update audit_log set actor_id = 'usr_other' where id = ID"],
    ["changed: what was before", "update audit_log set change = jsonb_set(change, '{before,size}', '2') where id = ID"],
    ["changed: from where", "update audit_log set ip = '198.51.100.1' where id = ID"],
    ["changed: when", "update audit_log set created_at = created_at - interval '1 day' where id = ID"],
  ])("%s", async (_what, statement) => {
    const ctx = await sealedLog();
    const entry = (await idsOf(ctx))[5] ?? "";
    expect((await platform.owner.unsafe(statement.replace("ID", `'${entry}'`))).count).toBe(1);
    expect((await verifyAuditLog(ctx)).broken).toMatchObject({ entry, reason: "changed" });
  });

  it("deleted", async () => {
    const ctx = await sealedLog();
    const entry = (await idsOf(ctx))[5] ?? "";
    await platform.owner`delete from audit_log where id = ${entry}`;
    expect((await verifyAuditLog(ctx)).broken).toMatchObject({ entry, reason: "deleted" });
  });

  it("smuggled in", async () => {
    const ctx = await sealedLog();
    const entry = (await idsOf(ctx))[5] ?? "";
    await platform.owner`insert into audit_log
      select (jsonb_populate_record(a, '{"id": "aud_smuggled"}')).* from audit_log a where id = ${entry}`;
    expect((await verifyAuditLog(ctx)).broken).toMatchObject({ entry: "aud_smuggled", reason: "smuggled" });
  });
});

it.each([
  ["a link's hash", "seal_changed", "update audit_seals set hash = md5(hash) where number = 2 and merchant_id = M"],
  ["a link's place", "seal_missing", "delete from audit_seals where number = 2 and merchant_id = M"],
])("finds a change of %s", async (_what, reason, statement) => {
  const ctx = await sealedLog();
  await platform.owner.unsafe(statement.replace("M", `'${ctx.merchantId}'`));
  expect((await verifyAuditLog(ctx)).broken).toEqual({ seal: 2, entry: undefined, reason });
});

it("finds an entry and its digest changed together, because the link's hash covers the digest", async () => {
  const ctx = await sealedLog();
  const [link] =
    await platform.owner`select entries from audit_seals where merchant_id = ${ctx.merchantId} and number = 1`;
  const entries = link?.entries as [string, string][];
  const [first] = entries;
  if (!first) throw new Error("an empty link");
  await platform.owner`update audit_log set verb = 'thing.forged' where id = ${first[0]}`;
  const { actual } = await digestNow(ctx, first[0]);
  const forged = JSON.stringify([[first[0], actual], ...entries.slice(1)]);
  await platform.owner`update audit_seals set entries = ${forged}::text::jsonb
    where merchant_id = ${ctx.merchantId} and number = 1`;
  expect((await verifyAuditLog(ctx)).broken).toEqual({ seal: 1, entry: undefined, reason: "seal_changed" });
});

async function digestNow(ctx: Context, id: string): Promise<{ actual: string }> {
  const [row] = await platform.owner<{ actual: string }[]>`
    select encode(sha256(convert_to(json_build_array(
      a.id, (extract(epoch from a.recorded_at) * 1000)::bigint, (extract(epoch from a.created_at) * 1000)::bigint,
      a.livemode, a.actor_type, a.actor_id, a.verb, a.object_id, a.change::text, a.request_id,
      encode(sha256(convert_to(json_build_array(a.personal_salt, a.personal::text, a.ip, a.user_agent)::text, 'UTF8')), 'hex')
    )::text, 'UTF8')), 'hex') as actual from audit_log a where merchant_id = ${ctx.merchantId} and id = ${id}`;
  if (!row) throw new Error("no such entry");
  return row;
}

it("leaves entries that an open transaction may still join for later", async () => {
  const { ctx } = await platform.merchant({}, []);
  await record(ctx, 1);
  expect(await sealAuditLog(ctx)).toBe(0);
});

it("seals once when two jobs run at the same time", async () => {
  const { ctx } = await platform.merchant({}, []);
  await record(ctx, 20);
  let sealed = 0;
  while (sealed < 20) {
    const counts = await Promise.all([1, 2, 3].map(() => sealAuditLog(ctx, { ...atOnce, batchSize: 3 })));
    sealed += counts.reduce((sum, count) => sum + count, 0);
  }
  expect(sealed).toBe(20);
  expect(await verifyAuditLog(ctx)).toMatchObject({ entries: 20, broken: undefined });
});

it("lets the app add to log and chain, and change or remove nothing", async () => {
  const ctx = await sealedLog();
  for (const text of [
    "update audit_log set verb = 'x'",
    "delete from audit_log",
    "truncate audit_log",
    "update audit_seals set hash = 'x'",
    "delete from audit_seals",
  ]) {
    await expect(
      ctx.transaction((tx) => tx.db.execute(text)),
      text,
    ).rejects.toMatchObject({
      cause: { message: expect.stringContaining("permission denied") },
    });
  }
});
