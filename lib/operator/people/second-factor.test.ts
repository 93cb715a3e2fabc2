import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/client";
import { hashPassword } from "#lib/access/password";
import { signIn } from "#lib/access/sign-in";
import { goodPassword, newVisitor } from "#lib/access/testing";
import { systemClock } from "#lib/kernel/clock";
import { readMailbox } from "#lib/mail/read-mailbox";
import { forgetParameter } from "#lib/parameters/parameters";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { forgetOperator } from "../find-operator.ts";
import type { OperatorRole } from "../permissions.ts";
import { resetSecondFactorLocally } from "./reset-second-factor.ts";

let platform: Platform;
let passwordHash: string;
beforeAll(async () => {
  platform = await startPlatform();
  passwordHash = await hashPassword(goodPassword);
});
afterAll(() => platform.end());

const as = (who: TestOperator, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });

const codeAt = (secret: string, offsetSeconds = 0) =>
  generate({ secret, epoch: Math.floor(systemClock.now().getTime() / 1000) + offsetSeconds });

/** An operator who signs in with the good password. */
async function colleague(role: OperatorRole = "support"): Promise<TestOperator & { readonly email: string }> {
  const who = await operator(platform, role);
  await platform.owner`update operators set password_hash = ${passwordHash} where id = ${who.id}`;
  return { ...who, email: who.octx.operator.email };
}

async function enrolled(role?: OperatorRole) {
  const who = await colleague(role);
  const { secret } = (await as(who, "POST", "/me/totp", { password: goodPassword })).body;
  const { body } = await as(who, "POST", "/me/totp/confirm", { code: await codeAt(secret) });
  return { who, secret: secret as string, codes: body.recovery_codes as string[] };
}

const enter = ({ email }: { email: string }, code?: string, password = goodPassword) =>
  signIn("operator", { email, password, ip: newVisitor().ip, ...(code !== undefined && { code }) });

const verbsOf = async (id: string) => {
  const rows = await platform.owner`select verb from operator_log where object_id = ${id} order by number`;
  return rows.map(({ verb }) => verb);
};

describe("an operator's authenticator", () => {
  it("is asked for once a first code has switched it on, takes each code once, and stands in the log", async () => {
    const who = await colleague();
    const wrong = await as(who, "POST", "/me/totp", { password: "a wrong one" });
    expect([wrong.status, wrong.body.code]).toEqual([403, "password_wrong"]);
    const { secret, uri } = (await as(who, "POST", "/me/totp", { password: goodPassword })).body;
    expect(uri).toContain(`secret=${secret}`);
    expect(await enter(who)).toMatchObject({ kind: "signed_in" });
    const code = await codeAt(secret);
    const on = await as(who, "POST", "/me/totp/confirm", { code });
    expect(new Set(on.body.recovery_codes).size).toBe(10);
    expect(await enter(who)).toEqual({ kind: "code_wanted" });
    expect(await enter(who, code)).toEqual({ kind: "code_wrong" });
    await platform.pass(60_000);
    const next = await codeAt(secret);
    const results = await Promise.all([enter(who, next), enter(who, next)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["code_wrong", "signed_in"]);
    expect((await as(who, "GET", "/me")).body).toMatchObject({ totp: true, recovery_codes_left: 10 });
    expect(await verbsOf(who.id)).toEqual(["totp.enable"]);
    const [row] = await platform.owner`select realm, secret from second_factors where person_id = ${who.id}`;
    expect(row).toMatchObject({ realm: "operator", secret: expect.stringMatching(/^v1\./) });
  });

  it("has recovery codes that work once each and are kept as hashes", async () => {
    const { who, codes } = await enrolled();
    const [first = ""] = codes;
    expect(await enter(who, first)).toMatchObject({ kind: "signed_in" });
    expect(await enter(who, first)).toEqual({ kind: "code_wrong" });
    const rows = await platform.owner`select hash from recovery_codes where person_id = ${who.id}`;
    expect(rows).toHaveLength(10);
    expect(JSON.stringify(rows)).not.toContain(first.replace("-", ""));
  });

  it("counts wrong codes: ten shut the second step, twenty wrong tries in all lock the account and a mail tells", async () => {
    const { who, secret } = await enrolled();
    for (let guess = 0; guess < 10; guess++) expect(await enter(who, "000000")).toEqual({ kind: "code_wrong" });
    await platform.pass(60_000);
    expect(await enter(who, await codeAt(secret))).toMatchObject({ kind: "too_many_tries" });
    for (let guess = 0; guess < 9; guess++) await enter(who, undefined, "a wrong one");
    const locked = await enter(who);
    expect(locked.kind === "too_many_tries" && locked.seconds).toBeGreaterThan(28 * 60);
    const mails = await readMailbox(who.email);
    expect(mails.map(({ subject }) => subject)).toEqual(["Your operator account is locked for 30 minutes"]);
  });

  it("is renewed or switched off with password and code only", async () => {
    const { who, codes } = await enrolled();
    const proof = { password: goodPassword, code: codes[0] };
    for (const path of ["/me/totp/remove", "/me/recovery_codes"]) {
      const without = await as(who, "POST", path, { password: goodPassword });
      expect([path, without.status, without.body.code]).toEqual([path, 403, "code_wrong"]);
      const wrong = await as(who, "POST", path, { ...proof, password: "a wrong one" });
      expect([path, wrong.status, wrong.body.code]).toEqual([path, 403, "password_wrong"]);
    }
    const renewed = await as(who, "POST", "/me/recovery_codes", proof);
    expect(renewed.status).toBe(200);
    const [fresh] = renewed.body.recovery_codes;
    expect((await as(who, "POST", "/me/totp/remove", { ...proof, code: codes[1] })).body.code).toBe("code_wrong");
    expect((await as(who, "POST", "/me/totp/remove", { ...proof, code: fresh })).status).toBe(200);
    expect(await enter(who)).toMatchObject({ kind: "signed_in" });
    expect(await verbsOf(who.id)).toEqual(["totp.enable", "recovery_codes.renew", "totp.disable"]);
    const [mail] = await readMailbox(who.email);
    expect(mail?.subject).toBe("Two-step sign-in of your operator account was switched off");
  });
});

describe("while the platform wants a second factor", () => {
  const want = async (isWanted: boolean) => {
    await platform.owner`insert into parameters (name, value, updated_at, updated_by)
      values ('operator_second_factor_required', ${JSON.stringify(isWanted)}::jsonb, now(), 'opr_test')
      on conflict (name) do update set value = excluded.value`;
    forgetParameter("operator_second_factor_required");
  };

  it("an operator without one can do nothing but set one up, and everything right after", async () => {
    const who = await colleague("admin");
    const merchant = await platform.merchant({}, []);
    const visit = await as(who, "POST", `/merchants/${merchant.merchantId}/impersonations`, {
      reason: "The merchant asked for help",
      minutes: 30,
    });
    const cookie = `${who.headers.cookie}; ${visit.headers.get("set-cookie")?.split(";")[0]}`;
    await want(true);
    const routes = [
      ["GET", "/overview"],
      ["GET", "/parameters"],
      ["GET", "/operators"],
      ["GET", "/merchants"],
      ["GET", "/approvals"],
      ["GET", "/me/sessions"],
      ["POST", "/me/recovery_codes"],
      ["POST", "/parameters/approval_hours"],
      ["POST", `/operators/${who.id}/reset_second_factor`],
    ] as const;
    for (const [method, path] of routes) {
      const { status, body } = await as(who, method, path, method === "POST" ? {} : undefined);
      expect([path, status, body.code]).toEqual([path, 403, "second_factor_required"]);
    }
    expect((await platform.call(undefined, "GET", "/v1/orders", undefined, { cookie })).status).toBe(401);
    expect((await as(who, "GET", "/me")).body).toMatchObject({ totp: false, second_factor_required: true });
    const { secret } = (await as(who, "POST", "/me/totp", { password: goodPassword })).body;
    expect((await as(who, "GET", "/operators")).body.code).toBe("second_factor_required");
    expect((await as(who, "POST", "/me/totp/confirm", { code: await codeAt(secret) })).status).toBe(200);
    expect((await as(who, "GET", "/operators")).status).toBe(200);
    expect((await platform.call(undefined, "GET", "/v1/orders", undefined, { cookie })).status).toBe(200);
    await want(false);
  });
});

describe("a lost phone", () => {
  it("is made good by a colleague with a reason, never by oneself, and ends the person's sessions", async () => {
    const [{ who, codes }, admin, support] = [await enrolled(), await enrolled("admin"), await colleague("support")];
    const reset = (by: TestOperator, id: string, body: unknown = { reason: "Phone lost in a taxi" }) =>
      as(by, "POST", `/operators/${id}/reset_second_factor`, body);
    expect((await reset(admin.who, admin.who.id)).body.code).toBe("operator_self");
    expect((await reset(admin.who, who.id, { reason: " " })).status).toBe(400);
    expect((await reset(support, who.id)).body.code).toBe("forbidden");
    const listed = async () => {
      const { data } = (await as(admin.who, "GET", "/operators")).body;
      return data.find(({ id }: { id: string }) => id === who.id);
    };
    expect(await listed()).toMatchObject({ has_second_factor: true });
    expect((await reset(admin.who, who.id)).status).toBe(200);
    expect(await listed()).toMatchObject({ has_second_factor: false, sessions: 0 });
    expect((await as(who, "GET", "/me")).status).toBe(401);
    expect(await enter(who)).toMatchObject({ kind: "signed_in" });
    const [entry] = await platform.owner`select operator_id, change from operator_log
      where verb = 'operator.reset_second_factor' and object_id = ${who.id}`;
    expect(entry).toMatchObject({ operator_id: admin.who.id, change: { reason: "Phone lost in a taxi" } });
    const [mail] = await readMailbox(who.email);
    expect(mail?.text).toContain(admin.who.octx.operator.name);
    expect((await reset(admin.who, who.id)).body.code).toBe("totp_off");
    const [left] = await platform.owner`select count(*)::int as codes from recovery_codes where person_id = ${who.id}`;
    expect([left?.codes, codes.length]).toEqual([0, 10]);
  });

  it("of the last administrator is made good from the machine, and the log says so", async () => {
    const { who } = await enrolled("admin");
    const owner = connect(platform.database.ownerUrl, { max: 1, applicationName: "test", timeoutMs: 30_000 });
    try {
      await resetSecondFactorLocally(owner.db, { email: who.email.toUpperCase(), now: systemClock.now() });
      await expect(resetSecondFactorLocally(owner.db, { email: who.email, now: new Date() })).rejects.toMatchObject({
        code: "totp_off",
      });
    } finally {
      await owner.client.end();
    }
    forgetOperator(who.id);
    expect(await enter(who)).toMatchObject({ kind: "signed_in" });
    expect(await verbsOf(who.id)).toEqual(["totp.enable", "operator.reset_second_factor"]);
  });

  it("leaves nothing behind when the person leaves the platform", async () => {
    const [{ who }, admin] = [await enrolled(), await colleague("admin")];
    expect((await as(admin, "DELETE", `/operators/${who.id}`)).status).toBe(200);
    const left = await platform.owner`select person_id from second_factors where person_id = ${who.id}
      union all select person_id from recovery_codes where person_id = ${who.id}`;
    expect(left).toHaveLength(0);
  });
});

describe("an operator's own sessions", () => {
  it("are listed and ended by their person alone", async () => {
    const [who, other] = [await colleague(), await colleague()];
    const { data } = (await as(who, "GET", "/me/sessions")).body;
    expect(data).toHaveLength(1);
    expect((await as(other, "DELETE", `/me/sessions/${data[0].id}`)).status).toBe(404);
    expect((await as(who, "DELETE", `/me/sessions/${data[0].id}`)).status).toBe(200);
    expect((await as(who, "GET", "/me")).status).toBe(401);
  });
});
