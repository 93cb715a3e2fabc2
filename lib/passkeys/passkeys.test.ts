import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetMemberships, readSession } from "#lib/access/session";
import type { Person } from "#lib/access/sign-in";
import { cookieOf, goodPassword, newOwner } from "#lib/access/testing";
import { runSchedule } from "#lib/jobs/schedules";
import { readMailbox } from "#lib/mail/read-mailbox";
import { type Answer, type Platform, startPlatform } from "#lib/testing/platform";
import type { Assertion } from "./schemas.ts";
import { Authenticator } from "./testing.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const post = (path: string, body: unknown, cookie = "") =>
  platform.call(undefined, "POST", path, body, { ...(cookie && { cookie }) });

/** The cookies that an answer sets, as the browser would send them back. */
const cookiesOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .join("; ");

async function begin(cookie = ""): Promise<{ challenge: string; cookie: string }> {
  const answer = await post("/v1/sign_in/passkey/options", {}, cookie);
  return { challenge: answer.body.options.challenge, cookie: cookiesOf(answer) };
}

const enter = (response: Assertion, cookie: string) => post("/v1/sign_in/passkey", { response }, cookie);

async function add(
  header: string,
  authenticator: Authenticator,
  change: { origin?: string; isVerified?: boolean } = {},
) {
  const { body } = await post("/v1/me/passkeys/options", { password: goodPassword }, header);
  const { options } = body;
  const response = authenticator.create(options, { challenge: options.challenge, origin: platform.origin, ...change });
  const sent = { name: "Blue phone", response };
  return { options, sent, answer: await post("/v1/me/passkeys", sent, header) };
}

let owner: Person;
let header: string;
let authenticator: Authenticator;
beforeEach(async () => {
  owner = await newOwner();
  ({ header } = await cookieOf(owner));
  authenticator = new Authenticator();
});

describe("adding a passkey", () => {
  it("shows in the team, and not as a second factor of the password", async () => {
    const team = async () =>
      (await platform.call(undefined, "GET", "/v1/members", undefined, { cookie: header })).body.data;
    expect(await team()).toMatchObject([{ has_passkey: false, has_second_factor: false }]);
    await add(header, authenticator);
    expect(await team()).toMatchObject([{ has_passkey: true, has_second_factor: false }]);
  });

  it("asks for the password, keeps it, tells by mail and in the activity log, and lists it", async () => {
    expect((await post("/v1/me/passkeys/options", { password: "wrong" }, header)).body.code).toBe("password_wrong");
    const { options, answer } = await add(header, authenticator);
    expect(options).toMatchObject({
      rp: { id: "127.0.0.1" },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    });
    expect(answer).toMatchObject({ status: 201, body: { name: "Blue phone", synced: false, last_used_at: null } });
    const list = await platform.call(undefined, "GET", "/v1/me/passkeys", undefined, { cookie: header });
    expect(list.body.data).toEqual([answer.body]);
    const [mail] = await readMailbox(owner.email);
    expect(mail?.subject).toBe("A passkey was added");
    expect(mail?.text).toContain("Blue phone");
    const audit =
      await platform.owner`select verb from audit_log where object_id = ${owner.id} and verb like 'passkey%'`;
    expect(audit.map(({ verb }) => verb)).toEqual(["passkey.add"]);
  });

  it("takes each challenge once, from the session that it was given to", async () => {
    const { sent } = await add(header, authenticator);
    expect((await post("/v1/me/passkeys", sent, header)).body.code).toBe("passkey_expired");
    const { body } = await post("/v1/me/passkeys/options", { password: goodPassword }, header);
    const { options } = body;
    const other = new Authenticator();
    const response = other.create(options, { challenge: options.challenge, origin: platform.origin });
    const elsewhere = await cookieOf(owner);
    expect((await post("/v1/me/passkeys", { name: "Other", response }, elsewhere.header)).body.code).toBe(
      "passkey_expired",
    );
  });

  it.each([
    ["made for another origin", { origin: "https://evil.example" }],
    ["made without verifying the person", { isVerified: false }],
  ])("refuses one %s", async (_, change) => {
    expect((await add(header, authenticator, change)).answer.body.code).toBe("passkey_refused");
  });

  it("is nobody's without a session, and none of another person's business", async () => {
    expect((await post("/v1/me/passkeys/options", { password: goodPassword })).status).toBe(401);
    const { answer } = await add(header, authenticator);
    const stranger = await cookieOf(await newOwner());
    for (const [method, body] of [["DELETE"], ["PATCH", { name: "Mine" }]] as const) {
      const tried = await platform.call(undefined, method, `/v1/me/passkeys/${answer.body.id}`, body, {
        cookie: stranger.header,
      });
      expect(tried.status).toBe(404);
    }
  });
});

describe("signing in with a passkey", () => {
  it("opens a session with no other factor, notes the use, and tells of a new device", async () => {
    await add(header, authenticator);
    const { challenge, cookie } = await begin();
    const answer = await enter(authenticator.get({ challenge, origin: platform.origin }), cookie);
    expect(answer.status).toBe(200);
    const session = await readSession(cookiesOf(answer));
    expect(session).toMatchObject({ userId: owner.id, email: owner.email, name: owner.name });
    for (const set of answer.headers.getSetCookie()) expect(set).toMatch(/; HttpOnly; SameSite=Lax/);
    const list = await platform.call(undefined, "GET", "/v1/me/passkeys", undefined, { cookie: cookiesOf(answer) });
    expect(list.body.data[0].last_used_at).toEqual(expect.any(String));
    const [mail] = await readMailbox(owner.email);
    expect(mail?.subject).toBe("Sign-in from a new device");
  });

  it("takes each challenge once, and only from the browser that it was given to", async () => {
    await add(header, authenticator);
    const first = await begin();
    const response = authenticator.get({ challenge: first.challenge, origin: platform.origin });
    const stolen = await begin();
    expect((await enter(response, stolen.cookie)).body.code).toBe("passkey_expired");
    expect((await enter(response, "")).body.code).toBe("passkey_expired");
    expect((await enter(response, first.cookie)).status).toBe(200);
    expect((await enter(response, first.cookie)).body.code).toBe("passkey_expired");
  });

  it("lets two tabs of one browser each finish what they began", async () => {
    await add(header, authenticator);
    const first = await begin();
    const second = await begin(first.cookie);
    for (const { challenge } of [first, second]) {
      const response = authenticator.get({ challenge, origin: platform.origin });
      expect((await enter(response, first.cookie)).status).toBe(200);
    }
  });

  it("refuses a proof for another origin, one without the person, one by an unknown key and one signed by another", async () => {
    await add(header, authenticator);
    const stranger = new Authenticator();
    const proofs = [
      (challenge: string) => authenticator.get({ challenge, origin: "https://evil.example" }),
      (challenge: string) => authenticator.get({ challenge, origin: platform.origin, isVerified: false }),
      (challenge: string) => stranger.get({ challenge, origin: platform.origin }),
      (challenge: string) => ({
        ...stranger.get({ challenge, origin: platform.origin }),
        id: authenticator.id,
        rawId: authenticator.id,
      }),
    ];
    for (const proof of proofs) {
      const { challenge, cookie } = await begin();
      const answer = await enter(proof(challenge), cookie);
      expect(answer).toMatchObject({ status: 403, body: { code: "passkey_refused" } });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  });

  it("refuses a counter that has not gone on: the authenticator was copied", async () => {
    await add(header, authenticator);
    const good = await begin();
    expect((await enter(authenticator.get({ ...good, origin: platform.origin }), good.cookie)).status).toBe(200);
    authenticator.counter = 0;
    const copied = await begin();
    const answer = await enter(authenticator.get({ ...copied, origin: platform.origin }), copied.cookie);
    expect(answer.body.code).toBe("passkey_refused");
  });

  it("takes no challenge that is older than ten minutes, and such ones are removed", async () => {
    await add(header, authenticator);
    const { challenge, cookie } = await begin();
    await platform.owner`update browser_challenges set expires_at = expires_at - interval '10 minutes'`;
    const tried = await enter(authenticator.get({ challenge, origin: platform.origin }), cookie);
    expect(tried.body.code).toBe("passkey_expired");
    await begin();
    await runSchedule("forget_people_traces", new Date(Date.now() + 11 * 60_000));
    expect(await platform.owner`select hash from browser_challenges`).toEqual([]);
  });

  it("opens nothing where every merchant of the person insists on single sign-on", async () => {
    await add(header, authenticator);
    const [membership] =
      await platform.owner`update memberships set role = 'admin' where user_id = ${owner.id} returning merchant_id`;
    await platform.owner`insert into sso_connections (merchant_id, issuer, client_id, client_secret, default_role, is_required)
      values (${membership?.merchant_id}, 'https://login.shop.example', 'gpl', 'sealed', 'read_only', true)`;
    forgetMemberships(owner.id);
    const { challenge, cookie } = await begin();
    const answer = await enter(authenticator.get({ challenge, origin: platform.origin }), cookie);
    expect(answer).toMatchObject({ status: 403, body: { code: "sso_required" } });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("is over once the passkey was removed", async () => {
    const { answer } = await add(header, authenticator);
    const removed = await platform.call(undefined, "DELETE", `/v1/me/passkeys/${answer.body.id}`, undefined, {
      cookie: header,
    });
    expect(removed.body).toMatchObject({ removed: true });
    const { challenge, cookie } = await begin();
    const tried = await enter(authenticator.get({ challenge, origin: platform.origin }), cookie);
    expect(tried.body.code).toBe("passkey_refused");
  });

  it("stops after five bad proofs of one passkey, also for a good one", async () => {
    await add(header, authenticator);
    for (let tried = 0; tried < 5; tried++) {
      const { challenge, cookie } = await begin();
      await enter(authenticator.get({ challenge, origin: "https://evil.example" }), cookie);
    }
    const { challenge, cookie } = await begin();
    const answer = await enter(authenticator.get({ challenge, origin: platform.origin }), cookie);
    expect(answer).toMatchObject({ status: 429, body: { code: "rate_limited" } });
  });

  it.each(["/v1/sign_in/passkey/options", "/v1/sign_in/passkey", "/v1/me/passkeys/options", "/v1/me/passkeys"])(
    "is refused from a foreign page: %s",
    async (path) => {
      const answer = await platform.call(undefined, "POST", path, {}, { origin: "https://evil.example" });
      expect(answer.body.code).toBe("csrf");
    },
  );
});
