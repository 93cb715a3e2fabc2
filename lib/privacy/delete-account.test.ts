import { afterAll, beforeAll, expect, it } from "vitest";
import { openContext } from "#db/tenancy";
import { membershipsOf } from "#lib/access/session";
import { cookieOf, goodPassword, mailedToken, newEmail, newOwner, newVisitor } from "#lib/access/testing";
import { sealAuditLog, verifyAuditLog } from "#lib/audit/seal";
import { acceptInvitation } from "#lib/team/accept-invitation";
import { invite } from "#lib/team/invite";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { deleteAccount } from "./delete-account.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

async function ownersShop() {
  const owner = await newOwner();
  const [team] = await membershipsOf(owner.id);
  if (!team) throw new Error("no merchant");
  const actor = { type: "user", id: owner.id } as const;
  const ctx = openContext({ merchantId: team.merchantId, livemode: false, requestId: "req_owner", actor });
  return { owner, ctx };
}

it("erases a colleague's account, leaves the deeds without a name and the activity log whole", async () => {
  const { ctx } = await ownersShop();
  const email = newEmail();
  await invite(ctx, { email, role: "finance" });
  const newPerson = { name: "Quitting Quentin", password: goodPassword };
  await acceptInvitation(newVisitor(), { token: await mailedToken(email), newPerson });
  const [joined] = await platform.owner`select id from users where email = ${email}`;
  const userId = String(joined?.id);
  const { header } = await cookieOf({ id: userId, email, name: "Quitting Quentin", realm: "merchant" });
  while ((await sealAuditLog(ctx, { minimumAgeMs: 0 })) === 0);

  const headers = { cookie: header, "sec-fetch-site": "same-origin" };
  const wrong = await platform.call(undefined, "POST", "/v1/me/delete", { password: "not mine" }, headers);
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  const answer = await platform.call(undefined, "POST", "/v1/me/delete", { password: goodPassword }, headers);
  expect(answer).toMatchObject({ status: 200, body: { id: userId, deleted: true } });

  expect((await platform.call(undefined, "GET", "/v1/me", undefined, headers)).status).toBe(401);
  const { owner } = platform;
  const rows = await owner`
    select to_jsonb(u)::text as row from users u union all select to_jsonb(i)::text from invitations i
    union all select to_jsonb(m)::text from mails m union all select to_jsonb(a)::text from audit_log a`;
  expect(rows.map(({ row }) => String(row)).filter((row) => row.includes(email) || row.includes("Quentin"))).toEqual(
    [],
  );
  const [left] = await owner`
    select count(*)::int as count from audit_log where verb = 'member.leave' and object_id = ${userId}`;
  expect(left?.count).toBe(1);
  expect((await verifyAuditLog(ctx)).broken).toBeUndefined();
});

it("refuses while the merchant would be left without an owner, and changes nothing", async () => {
  const { owner } = await ownersShop();
  await expect(deleteAccount(newVisitor(), owner.id, goodPassword)).rejects.toMatchObject({
    code: "account_sole_owner",
  });
  expect(await membershipsOf(owner.id)).toHaveLength(1);
});
