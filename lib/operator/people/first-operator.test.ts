import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "#db/client";
import { signIn } from "#lib/access/sign-in";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { firstOperator } from "./first-operator.ts";
import { setOperatorPassword } from "./set-password.ts";

let platform: Platform;
let owner: ReturnType<typeof connect>;
beforeAll(async () => {
  platform = await startPlatform();
  owner = connect(platform.database.ownerUrl, { max: 1, applicationName: "test", timeoutMs: 30_000 });
});
afterAll(async () => {
  await owner.client.end();
  await platform.end();
});

const visitor = { ip: "127.0.0.1", locale: "en", requestId: "req_test" } as const;

it("makes an administrator who chooses a password by the link, once", async () => {
  const email = "first@platform.example";
  const token = await firstOperator(owner.db, { name: "First", email, now: new Date() });
  const password = "a long and quiet river";
  expect((await signIn("operator", { email, password, ip: "127.0.0.1" })).kind).toBe("refused");
  await setOperatorPassword(visitor, token, password);
  expect(await signIn("operator", { email, password, ip: "127.0.0.1" })).toMatchObject({
    kind: "signed_in",
    person: { email, realm: "operator" },
  });
  await expect(setOperatorPassword(visitor, token, password)).rejects.toMatchObject({ code: "link_invalid" });
  const [row] = await platform.owner`select role from operators where email = ${email}`;
  expect(row?.role).toBe("admin");
});

it("gives somebody who is an operator another link and no other role, and one who has left nothing", async () => {
  const email = "second@platform.example";
  await platform.owner`insert into operators (id, email, name, password_hash, role)
    values ('opr_second', ${email}, 'Second', 'none', 'support')`;
  await firstOperator(owner.db, { name: "Second", email, now: new Date() });
  const [row] = await platform.owner`select role from operators where email = ${email}`;
  expect(row?.role).toBe("support");
  await platform.owner`update operators set ended_at = now() where email = ${email}`;
  await expect(firstOperator(owner.db, { name: "Second", email, now: new Date() })).rejects.toMatchObject({
    code: "operator_exists",
  });
});
