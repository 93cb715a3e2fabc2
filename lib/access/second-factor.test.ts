import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "#lib/kernel/clock";
import { readMailbox } from "#lib/mail/read-mailbox";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { userAccount } from "./account.ts";
import { endOtherSessions, endSession } from "./end-session.ts";
import { readSession } from "./session.ts";
import { listSessions } from "./sessions.ts";
import { type Person, signIn } from "./sign-in.ts";
import { cookieOf, goodPassword, newOwner, newVisitor } from "./testing.ts";
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from "./totp.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const codeAt = (secret: string, offsetSeconds = 0) =>
  generate({ secret, epoch: Math.floor(systemClock.now().getTime() / 1000) + offsetSeconds });

const account = (userId: string) => userAccount(newVisitor(), userId);

const enter = (person: Person, code?: string) =>
  signIn("merchant", {
    email: person.email,
    password: goodPassword,
    ip: newVisitor().ip,
    ...(code !== undefined && { code }),
  });

async function withTotp(): Promise<{ person: Person; secret: string; codes: string[] }> {
  const person = await newOwner();
  const { secret } = await beginTotp(account(person.id), goodPassword);
  const codes = await confirmTotp(account(person.id), await codeAt(secret));
  return { person, secret, codes };
}

describe("an authenticator", () => {
  it("is asked for only once a first code has switched it on", async () => {
    const person = await newOwner();
    const { secret, uri } = await beginTotp(account(person.id), goodPassword);
    expect(uri).toContain(`secret=${secret}`);
    expect(await enter(person)).toMatchObject({ kind: "signed_in" });
    await expect(confirmTotp(account(person.id), "12345")).rejects.toMatchObject({ code: "code_wrong" });
    await confirmTotp(account(person.id), await codeAt(secret));
    expect(await enter(person)).toEqual({ kind: "code_wanted" });
    await platform.pass(60_000);
    expect(await enter(person, await codeAt(secret))).toMatchObject({ kind: "signed_in" });
  });

  it("lets a code in once, also when it comes twice at the same time", async () => {
    const { person, secret } = await withTotp();
    expect(await enter(person, await codeAt(secret))).toEqual({ kind: "code_wrong" });
    await platform.pass(60_000);
    const code = await codeAt(secret);
    const results = await Promise.all([enter(person, code), enter(person, code)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["code_wrong", "signed_in"]);
    expect(await enter(person, await codeAt(secret, -30))).toEqual({ kind: "code_wrong" });
  });

  it("forgives a clock that is half a minute off, no more", async () => {
    const { person, secret } = await withTotp();
    await platform.pass(300_000);
    expect(await enter(person, await codeAt(secret, -90))).toEqual({ kind: "code_wrong" });
    expect(await enter(person, await codeAt(secret, 30))).toMatchObject({ kind: "signed_in" });
  });

  it("stops guessing after ten codes, whatever address they come from, and a right password does not help", async () => {
    const { person, secret } = await withTotp();
    for (let guess = 0; guess < 10; guess++) {
      expect(await enter(person, "000000")).toEqual({ kind: "code_wrong" });
      expect(await enter(person)).toEqual({ kind: "code_wanted" });
    }
    await platform.pass(60_000);
    expect(await enter(person, await codeAt(secret))).toMatchObject({ kind: "too_many_tries" });
  });

  it("can't be replaced or switched off without the password, and its owner is told", async () => {
    const { person } = await withTotp();
    await expect(beginTotp(account(person.id), goodPassword)).rejects.toMatchObject({ code: "totp_already_on" });
    await expect(removeTotp(account(person.id), { password: "wrong" })).rejects.toMatchObject({
      code: "password_wrong",
    });
    await removeTotp(account(person.id), { password: goodPassword });
    expect(await enter(person)).toMatchObject({ kind: "signed_in" });
    expect((await readMailbox(person.email))[0]?.subject).toBe("Two-step sign-in was switched off");
    const audit = await platform.owner`select verb from audit_log where object_id = ${person.id} order by id`;
    expect(audit.map((row) => row.verb)).toEqual(["totp.enable", "totp.disable"]);
  });

  it("keeps its secret sealed, bound to its person", async () => {
    const { person, secret } = await withTotp();
    const [row] = await platform.owner`select secret from second_factors where person_id = ${person.id}`;
    expect(row?.secret).toMatch(/^v1\./);
    expect(row?.secret).not.toContain(secret);
  });
});

describe("a recovery code", () => {
  it("opens once in place of the authenticator's, typed with or without its dash", async () => {
    const { person, codes } = await withTotp();
    expect(new Set(codes).size).toBe(10);
    const [first = "", second = ""] = codes;
    const results = await Promise.all([enter(person, first), enter(person, first)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["code_wrong", "signed_in"]);
    expect(await enter(person, second.replace("-", "").toUpperCase())).toMatchObject({ kind: "signed_in" });
  });

  it("is worth nothing once new ones were made, or to somebody else", async () => {
    const [mine, theirs] = [await withTotp(), await withTotp()];
    expect(await enter(theirs.person, mine.codes[0])).toEqual({ kind: "code_wrong" });
    const renewed = await renewRecoveryCodes(account(mine.person.id), { password: goodPassword });
    expect(await enter(mine.person, mine.codes[0])).toEqual({ kind: "code_wrong" });
    expect(await enter(mine.person, renewed[0])).toMatchObject({ kind: "signed_in" });
  });
});

describe("a session", () => {
  it("is ended by its person only, and at once", async () => {
    const [owner, stranger] = [await newOwner(), await newOwner()];
    const { header, sessionId } = await cookieOf(owner);
    expect(await readSession(header)).toMatchObject({ id: sessionId });
    await expect(endSession(account(stranger.id), sessionId)).rejects.toMatchObject({ code: "not_found" });
    expect(await readSession(header)).toMatchObject({ id: sessionId });
    await endSession(account(owner.id), sessionId);
    expect(await readSession(header)).toBeUndefined();
    expect(await listSessions("merchant", owner.id)).toEqual([]);
  });

  it("ends with all others of its person, but the one that asks stays", async () => {
    const owner = await newOwner();
    const [own, second, third] = [await cookieOf(owner), await cookieOf(owner), await cookieOf(owner)];
    expect(await endOtherSessions(account(owner.id), own.sessionId)).toBe(2);
    expect(await readSession(own.header)).toMatchObject({ id: own.sessionId });
    expect([await readSession(second.header), await readSession(third.header)]).toEqual([undefined, undefined]);
  });

  it("that was ended by another process is over within three seconds", async () => {
    const owner = await newOwner();
    const { header, sessionId } = await cookieOf(owner);
    expect(await readSession(header)).toBeDefined();
    await platform.owner`update person_sessions set ended_at = now() where id = ${sessionId}`;
    await expect.poll(() => readSession(header), { timeout: 4_000 }).toBeUndefined();
  });

  it("is over after twelve hours", async () => {
    const { header, sessionId } = await cookieOf(await newOwner());
    await platform.owner`update person_sessions set expires_at = now() - interval '1 day' where id = ${sessionId}`;
    expect(await readSession(header)).toBeUndefined();
  });

  it("from a browser never seen before is reported by mail, from a known one and at the first sign-in it is not", async () => {
    const owner = await newOwner();
    const subjects = async () => (await readMailbox(owner.email)).map((mail) => mail.subject);
    const before = (await subjects()).length;
    await cookieOf(owner, { deviceId: "first" });
    await cookieOf(owner, { deviceId: "first" });
    expect(await subjects()).toHaveLength(before);
    await cookieOf(owner, { deviceId: "second" });
    expect((await subjects())[0]).toBe("Sign-in from a new device");
    expect((await readMailbox(owner.email))[0]?.text).toContain("Chrome, Windows");
  });

  it("is shown to its own person over the API, and no key opens it", async () => {
    const owner = await newOwner();
    const { header, sessionId } = await cookieOf(owner);
    const { body } = await platform.call(undefined, "GET", "/v1/me/sessions", undefined, { cookie: header });
    expect(body.data).toMatchObject([{ id: sessionId, is_current: true, browser: "Chrome, Windows" }]);
    const merchant = await platform.merchant({}, []);
    const byKey = await platform.call(await merchant.key(), "GET", "/v1/me", undefined, { cookie: header });
    expect(byKey.status).toBe(401);
    const foreign = await platform.call(
      undefined,
      "POST",
      "/v1/me/sessions/end_others",
      {},
      {
        cookie: header,
        origin: "https://evil.example",
      },
    );
    expect(foreign).toMatchObject({ status: 403, body: { code: "csrf" } });
  });
});
