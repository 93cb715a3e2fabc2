import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSchedule } from "#lib/jobs/schedules";
import { systemClock } from "#lib/kernel/clock";
import { newPlatformId } from "#lib/kernel/ids";
import { readMailbox } from "#lib/mail/read-mailbox";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { hashPassword } from "./password.ts";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";
import { startSession } from "./sessions.ts";
import { type Realm, signIn } from "./sign-in.ts";

let platform: Platform;
const password = "correct horse battery";

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

async function person(email: string, realm: Realm = "merchant"): Promise<string> {
  const id = newPlatformId(realm === "merchant" ? "user" : "operator");
  const passwordHash = await hashPassword(password);
  const { merchantId } = await platform.merchant({}, []);
  if (realm === "operator") {
    await platform.owner`insert into operators (id, email, name, password_hash, role) values (${id}, ${email}, 'Mei', ${passwordHash}, 'admin')`;
    return id;
  }
  await platform.owner`insert into users (id, email, name, password_hash) values (${id}, ${email}, 'Mei', ${passwordHash})`;
  await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${id}, 'owner')`;
  return id;
}

/** Wrong passwords from many addresses, so that no address has too many. */
async function attack(email: string, times: number, realm: Realm = "merchant"): Promise<string[]> {
  const kinds: string[] = [];
  for (let i = 0; i < times; i++) {
    kinds.push((await signIn(realm, { email, password: "a wrong one", ip: `198.51.100.${i + 1}` })).kind);
  }
  return kinds;
}

const tryRight = (email: string, realm: Realm = "merchant") =>
  signIn(realm, { email, password, ip: "203.0.113.9", code: "" });

describe("an account under attack", () => {
  it("is locked after twenty wrong passwords from anywhere, and its person gets one mail in the own language", async () => {
    const id = await person("mei@shop.example");
    const browser = { ip: "203.0.113.9", userAgent: "", deviceId: "d", locale: "zh-CN" } as const;
    await startSession({ id, email: "mei@shop.example", name: "Mei", realm: "merchant" }, browser);
    expect(new Set(await attack("mei@shop.example", 20))).toEqual(new Set(["refused"]));
    expect(new Set(await attack("mei@shop.example", 5))).toEqual(new Set(["too_many_tries"]));
    const locked = await tryRight("mei@shop.example");
    expect(locked.kind === "too_many_tries" && locked.seconds).toBeGreaterThan(29 * 60);
    const mails = await readMailbox("mei@shop.example");
    expect(mails.map(({ subject }) => subject)).toEqual(["您的账号已锁定 30 分钟"]);
    expect(mails[0]?.text).toContain("198.51.100.20");
    expect(mails[0]?.text).toContain("/reset-password");
    const log = await platform.owner`select verb, actor_type from audit_log where object_id = ${id}`;
    expect(log.map((row) => [row.verb, row.actor_type])).toEqual([["account.lock", "system"]]);
  });

  it("opens again after half an hour", async () => {
    await person("later@shop.example");
    await attack("later@shop.example", 20);
    await platform.pass(29 * 60_000);
    expect(await tryRight("later@shop.example")).toMatchObject({ kind: "too_many_tries" });
    await platform.pass(2 * 60_000);
    expect(await tryRight("later@shop.example")).toMatchObject({ kind: "signed_in" });
  });

  it("opens at once for a new password that was asked for by mail", async () => {
    await person("reset@shop.example");
    await attack("reset@shop.example", 21);
    const visitor = { ip: "203.0.113.9", locale: "en", requestId: "req_reset_test" } as const;
    await requestPasswordReset(visitor, "reset@shop.example");
    const [mail] = await readMailbox("reset@shop.example");
    const token = /token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "";
    await resetPassword(visitor, token, "quite another passphrase");
    const input = { email: "reset@shop.example", password: "quite another passphrase", ip: "203.0.113.9" };
    expect(await signIn("merchant", input)).toMatchObject({ kind: "signed_in" });
  });

  it("can't be told from an e-mail that nobody has, which gets no mail", async () => {
    expect(await attack("nobody@shop.example", 21)).toEqual([...Array(20).fill("refused"), "too_many_tries"]);
    expect(await readMailbox("nobody@shop.example")).toEqual([]);
  });

  it("is not locked by one address alone, which is stopped before", async () => {
    await person("calm@shop.example");
    for (let i = 0; i < 40; i++) {
      await signIn("merchant", { email: "calm@shop.example", password: "a wrong one", ip: "198.51.100.77" });
    }
    expect(await tryRight("calm@shop.example")).toMatchObject({ kind: "signed_in" });
    expect(await readMailbox("calm@shop.example")).toEqual([]);
  });

  it("is an operator's as well", async () => {
    await person("ops@platform.example", "operator");
    await attack("ops@platform.example", 20, "operator");
    expect(await tryRight("ops@platform.example", "operator")).toMatchObject({ kind: "too_many_tries" });
    const mails = await readMailbox("ops@platform.example");
    expect(mails.map(({ subject }) => subject)).toEqual(["Your operator account is locked for 30 minutes"]);
  });
});

it("keeps nothing that has ended", async () => {
  await attack("gone@shop.example", 3);
  await platform.pass(3_600_000);
  await runSchedule("forget_ended_uses", systemClock.now());
  const [left] = await platform.owner`select count(*)::int as rows from use_counts`;
  expect(left?.rows).toBe(0);
});
