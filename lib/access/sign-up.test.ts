import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMailbox } from "#lib/mail/read-mailbox";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { requestPasswordReset, resetPassword } from "./reset-password.ts";
import { membershipsOf, readSession } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { confirmSignUp, requestSignUp } from "./sign-up.ts";
import { cookieOf, goodPassword, mailedToken, newEmail, newOwner, newVisitor, signUpInput } from "./testing.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const dayMs = 24 * 3_600_000;

describe("signing up", () => {
  it("opens nothing before the mailed link is used, then a person with a merchant and its test accounts", async () => {
    const email = newEmail();
    const visitor = newVisitor();
    await requestSignUp(visitor, signUpInput(email));
    expect(await signIn("merchant", { email, password: goodPassword, ip: visitor.ip })).toEqual({ kind: "refused" });

    const person = await confirmSignUp(visitor, await mailedToken(email));
    const [membership] = await membershipsOf(person.id);
    expect(membership).toMatchObject({ role: "owner", merchantName: "Harbour Goods" });
    const merchantId = membership?.merchantId ?? "";
    const accounts = await platform.owner`
      select channel, environment, livemode from channel_accounts where merchant_id = ${merchantId} order by priority`;
    expect(accounts.map((row) => [row.channel, row.environment, row.livemode])).toEqual([
      ["wechatpay", "simulator", false],
      ["alipay", "simulator", false],
      ["stripe", "simulator", false],
    ]);
    const audit = await platform.owner`
      select actor_id, object_id from audit_log where merchant_id = ${merchantId} and verb = 'merchant.create'`;
    expect([...audit]).toMatchObject([{ actor_id: person.id, object_id: merchantId }]);
    expect(await signIn("merchant", { email, password: goodPassword, ip: visitor.ip })).toMatchObject({
      kind: "signed_in",
    });
  });

  it("lets one link in once, however many come at the same time", async () => {
    const email = newEmail();
    await requestSignUp(newVisitor(), signUpInput(email));
    const token = await mailedToken(email);
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => confirmSignUp(newVisitor(), token)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const [count] = await platform.owner`select count(*)::int as n from users where email = ${email}`;
    expect(count?.n).toBe(1);
    await expect(confirmSignUp(newVisitor(), token)).rejects.toMatchObject({ code: "link_invalid" });
  });

  it("opens one account for two links to the same address", async () => {
    const email = newEmail();
    await requestSignUp(newVisitor(), signUpInput(email));
    const first = await mailedToken(email);
    await requestSignUp(newVisitor(), signUpInput(email));
    await confirmSignUp(newVisitor(), await mailedToken(email));
    await expect(confirmSignUp(newVisitor(), first)).rejects.toMatchObject({ code: "link_invalid" });
  });

  it("refuses a link after a day, a made-up one, and one of another kind", async () => {
    const email = newEmail();
    await requestSignUp(newVisitor(), signUpInput(email));
    const old = await mailedToken(email);
    await platform.owner`update mailed_links set expires_at = expires_at - interval '1 day' where email = ${email}`;
    const owner = await newOwner();
    await requestPasswordReset(newVisitor(), owner.email);
    for (const token of [old, "made-up", await mailedToken(owner.email)]) {
      await expect(confirmSignUp(newVisitor(), token)).rejects.toMatchObject({ code: "link_invalid" });
    }
  });

  it("answers alike for an address that has an account, and says so by mail only", async () => {
    const owner = await newOwner();
    await expect(requestSignUp(newVisitor(), signUpInput(owner.email))).resolves.toBeUndefined();
    const [mail] = await readMailbox(owner.email);
    expect(mail?.subject).toBe("You have an account already");
    expect(mail?.text).not.toContain("token=");
  });

  it("sends one address five mails an hour at most, known or not", async () => {
    const owner = await newOwner();
    for (const [email, left] of [
      [owner.email, 4],
      [newEmail(), 5],
    ] as const) {
      for (let mail = 0; mail < left; mail++) await requestSignUp(newVisitor(), signUpInput(email));
      await expect(requestSignUp(newVisitor(), signUpInput(email))).rejects.toMatchObject({ code: "rate_limited" });
    }
  });

  it("refuses a weak password by name, over the API and from our own pages only", async () => {
    const { timeZone, ...input } = signUpInput(newEmail());
    const body = { ...input, time_zone: timeZone, password: "password1234" };
    const weak = await platform.call(undefined, "POST", "/v1/sign_ups", body);
    expect(weak).toMatchObject({ status: 400, body: { code: "password_common", param: "password" } });
    const foreign = await platform.call(undefined, "POST", "/v1/sign_ups", body, { origin: "https://evil.example" });
    expect(foreign).toMatchObject({ status: 403, body: { code: "csrf" } });
    const sent = await platform.call(undefined, "POST", "/v1/sign_ups", { ...body, password: goodPassword });
    expect(sent).toMatchObject({ status: 200, body: { object: "sign_up", email: input.email } });
  });

  it("keeps neither password, token nor mail in the open", async () => {
    const email = newEmail();
    await requestSignUp(newVisitor(), signUpInput(email));
    const token = await mailedToken(email);
    const rows = await platform.owner`select row_to_json(l)::text as row from mailed_links l where email = ${email}
      union all select row_to_json(m)::text from mails m where recipient = ${email}`;
    expect(rows).toHaveLength(2);
    for (const { row } of rows) {
      expect(row).not.toContain(token);
      expect(row).not.toContain(goodPassword);
    }
  });
});

describe("a forgotten password", () => {
  it("is replaced by a mailed link, once, and every session ends", async () => {
    const owner = await newOwner();
    const { header } = await cookieOf(owner);
    expect(await readSession(header)).toMatchObject({ userId: owner.id });
    await requestPasswordReset(newVisitor(), owner.email);
    const token = await mailedToken(owner.email);

    await expect(resetPassword(newVisitor(), token, "short")).rejects.toMatchObject({ code: "password_too_short" });
    const results = await Promise.allSettled(
      ["amber field nine clouds", "violet stone two birds"].map((password) =>
        resetPassword(newVisitor(), token, password),
      ),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await readSession(header)).toBeUndefined();
    const { ip } = newVisitor();
    expect(await signIn("merchant", { email: owner.email, password: goodPassword, ip })).toEqual({ kind: "refused" });
    const audit = await platform.owner`select verb from audit_log where object_id = ${owner.id}`;
    expect(audit.map((row) => row.verb)).toEqual(["password.change"]);
    expect((await readMailbox(owner.email))[0]?.subject).toBe("Your password was changed");
  });

  it("mails nothing to an address without an account, and answers alike", async () => {
    const email = newEmail();
    const answer = await platform.call(undefined, "POST", "/v1/password_resets", { email });
    expect(answer).toMatchObject({ status: 200, body: { object: "password_reset", email } });
    expect(await readMailbox(email)).toEqual([]);
  });

  it("refuses the link after an hour", async () => {
    const owner = await newOwner();
    await requestPasswordReset(newVisitor(), owner.email);
    await platform.pass(dayMs);
    await expect(
      resetPassword(newVisitor(), await mailedToken(owner.email), "amber field nine clouds"),
    ).rejects.toMatchObject({ code: "link_invalid" });
  });
});
