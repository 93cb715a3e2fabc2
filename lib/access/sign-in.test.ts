import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/client";
import { operators, users } from "#db/schema/access";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { newPlatformId } from "#lib/kernel/ids";
import { hashPassword } from "./password.ts";
import { readSession, sessionCookieName } from "./session.ts";
import { startSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

let database: TestDatabase;
const password = "correct horse";

beforeAll(async () => {
  database = await testDatabase();
  Object.assign(process.env, {
    APP_DATABASE_URL: database.appUrl,
    NEXTAUTH_SECRET: "for this test only",
    SECRETS_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  });
  const owner = connect(database.ownerUrl, { max: 1, applicationName: "test", timeoutMs: 10_000 });
  const passwordHash = await hashPassword(password);
  await owner.db.insert(users).values(
    ["mei@shop.example", "busy@shop.example", "many@shop.example"].map((email) => ({
      id: newPlatformId("user"),
      email,
      name: "Mei",
      passwordHash,
    })),
  );
  await owner.db
    .insert(operators)
    .values({ id: newPlatformId("operator"), email: "ops@platform.example", name: "Ops", passwordHash, role: "admin" });
  await owner.client.end();
});

afterAll(() => database.drop());

const from = (ip: string, email: string, secret = password) => ({ email, password: secret, ip });

describe("signing in", () => {
  it("takes the e-mail in any case and with spaces around it", async () => {
    const result = await signIn("merchant", from("192.0.2.1", "  Mei@Shop.example "));
    expect(result).toMatchObject({ kind: "signed_in", person: { email: "mei@shop.example", realm: "merchant" } });
  });

  it("gives one answer for a wrong password, an unknown e-mail and a person of the other realm", async () => {
    const answers = await Promise.all([
      signIn("merchant", from("192.0.2.2", "mei@shop.example", "wrong")),
      signIn("merchant", from("192.0.2.2", "nobody@shop.example")),
      signIn("merchant", from("192.0.2.2", "ops@platform.example")),
      signIn("operator", from("192.0.2.2", "mei@shop.example")),
    ]);
    expect(answers).toEqual([{ kind: "refused" }, { kind: "refused" }, { kind: "refused" }, { kind: "refused" }]);
  });

  it("refuses what can't be an e-mail or a password without counting it", async () => {
    for (const [email, secret] of [
      ["", password],
      ["mei@shop.example", ""],
      ["x".repeat(300), password],
    ] as const) {
      expect(await signIn("merchant", from("192.0.2.3", email, secret))).toEqual({ kind: "refused" });
    }
  });

  it("stops after five wrong tries from one address, even when the sixth is right and all come at once", async () => {
    const wrong = await Promise.all(
      Array.from({ length: 8 }, () => signIn("merchant", from("192.0.2.4", "busy@shop.example", "wrong"))),
    );
    expect(wrong.filter(({ kind }) => kind === "refused")).toHaveLength(5);
    const right = await signIn("merchant", from("192.0.2.4", "busy@shop.example"));
    expect(right).toMatchObject({ kind: "too_many_tries" });
    expect(right.kind === "too_many_tries" && right.seconds).toBeGreaterThan(14 * 60);
  });

  it("lets the same person in from another address meanwhile", async () => {
    expect(await signIn("merchant", from("192.0.2.5", "busy@shop.example"))).toMatchObject({ kind: "signed_in" });
  });

  it("counts an unknown e-mail like a known one", async () => {
    const tries = Array.from({ length: 6 }, () => signIn("merchant", from("192.0.2.6", "ghost@shop.example")));
    expect((await Promise.all(tries)).filter(({ kind }) => kind === "too_many_tries")).toHaveLength(1);
  });

  it("forgets the wrong tries once the password was right", async () => {
    for (let round = 0; round < 3; round++) {
      for (let wrong = 0; wrong < 4; wrong++) await signIn("merchant", from("192.0.2.7", "many@shop.example", "wrong"));
      expect(await signIn("merchant", from("192.0.2.7", "many@shop.example"))).toMatchObject({ kind: "signed_in" });
    }
  });
});

describe("a session", () => {
  const cookie = async (claims: Record<string, unknown>, secret = "for this test only") =>
    `theme=dark; ${sessionCookieName()}=${await encode({ token: claims, secret })}`;
  const browser = { ip: "192.0.2.8", userAgent: "", deviceId: "one", locale: "en" } as const;
  const mei = { id: "usr_1", realm: "merchant", name: "Mei", email: "mei@shop.example" } as const;

  it("names its person in its own realm only", async () => {
    const sid = await startSession(mei, browser);
    const header = await cookie({ sub: mei.id, realm: "merchant", sid, name: mei.name, email: mei.email });
    expect(await readSession(header)).toEqual({ id: sid, userId: "usr_1", name: "Mei", email: "mei@shop.example" });
    expect(await readSession(header, "operator")).toBeUndefined();
    const operator = await cookie({ sub: "opr_1", realm: "operator", sid });
    expect([await readSession(operator), await readSession(operator, "operator")]).toEqual([undefined, undefined]);
  });

  it("is nothing without a realm, of somebody else, with another secret or in a text that was made up", async () => {
    const sid = await startSession(mei, browser);
    expect(await readSession(await cookie({ sub: "usr_1", sid }))).toBeUndefined();
    expect(await readSession(await cookie({ sub: "usr_1", realm: "merchant" }))).toBeUndefined();
    expect(await readSession(await cookie({ sub: "usr_2", realm: "merchant", sid }))).toBeUndefined();
    expect(await readSession(await cookie({ sub: "usr_1", realm: "merchant", sid }, "another secret"))).toBeUndefined();
    expect(await readSession(`${sessionCookieName()}=made-up`)).toBeUndefined();
    expect(await readSession(`${sessionCookieName()}=%E0%A4%A`)).toBeUndefined();
    expect(await readSession(null)).toBeUndefined();
  });
});
