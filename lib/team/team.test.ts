import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Context, openContext } from "#db/tenancy";
import { membershipsOf } from "#lib/access/session";
import { type Person, signIn } from "#lib/access/sign-in";
import { cookieOf, goodPassword, mailedToken, newEmail, newOwner, newVisitor } from "#lib/access/testing";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { acceptInvitation, openInvitation } from "./accept-invitation.ts";
import { changeRole } from "./change-role.ts";
import { invite, listInvitations, revokeInvitation } from "./invite.ts";
import { listMembers } from "./list-members.ts";
import { removeMember } from "./remove-member.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

interface Team {
  readonly owner: Person;
  readonly merchantId: string;
  readonly ctx: Context;
}

function as(person: { id: string }, merchantId: string): Context {
  return openContext({ merchantId, livemode: false, actor: { type: "user", id: person.id }, requestId: "req_team" });
}

async function newTeam(): Promise<Team> {
  const owner = await newOwner();
  const merchantId = (await membershipsOf(owner.id))[0]?.merchantId ?? "";
  return { owner, merchantId, ctx: as(owner, merchantId) };
}

const newPerson = { name: "Jo Okafor", password: goodPassword };

/** Somebody invited by the owner who has joined. */
async function colleague(team: Team, role: string): Promise<{ id: string; email: string; ctx: Context }> {
  const email = newEmail();
  await invite(team.ctx, { email, role });
  await acceptInvitation(newVisitor(), { token: await mailedToken(email), newPerson });
  const member = (await listMembers(team.ctx)).find((one) => one.email === email);
  if (!member) throw new Error("did not join");
  return { id: member.id, email, ctx: as(member, team.merchantId) };
}

describe("an invitation", () => {
  it("makes a new person with the invited role, who can then sign in", async () => {
    const team = await newTeam();
    const email = newEmail();
    await invite(team.ctx, { email, role: "finance" });
    const token = await mailedToken(email);
    expect(await openInvitation(newVisitor(), token)).toEqual({
      merchant: "Harbour Goods",
      email,
      role: "finance",
      hasAccount: false,
    });
    await acceptInvitation(newVisitor(), { token, newPerson });
    expect(await listMembers(team.ctx)).toMatchObject([
      { role: "owner", name: "Mei Tanaka" },
      { role: "finance", name: "Jo Okafor", email, hasSecondFactor: false },
    ]);
    const { ip } = newVisitor();
    expect(await signIn("merchant", { email, password: goodPassword, ip })).toMatchObject({ kind: "signed_in" });
    const audit = await platform.owner`
      select verb from audit_log where merchant_id = ${team.merchantId} and verb like 'invitation.%' order by id`;
    expect(audit.map((row) => row.verb)).toEqual(["invitation.create", "invitation.accept"]);
  });

  it("works once, however many use it at the same time", async () => {
    const team = await newTeam();
    const email = newEmail();
    await invite(team.ctx, { email, role: "admin" });
    const token = await mailedToken(email);
    const results = await Promise.allSettled([1, 2, 3].map(() => acceptInvitation(newVisitor(), { token, newPerson })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await listMembers(team.ctx)).toHaveLength(2);
  });

  it("to somebody with an account is taken by that person signed in, and by nobody else", async () => {
    const [team, other, third] = [await newTeam(), await newTeam(), await newTeam()];
    await invite(team.ctx, { email: other.owner.email, role: "read_only" });
    const token = await mailedToken(other.owner.email);
    for (const input of [{ newPerson }, { signedIn: { userId: third.owner.id } }, {}]) {
      await expect(acceptInvitation(newVisitor(), { token, ...input })).rejects.toMatchObject({
        code: "sign_in_as_invited",
      });
    }
    await acceptInvitation(newVisitor(), { token, signedIn: { userId: other.owner.id } });
    const mine = await membershipsOf(other.owner.id);
    expect(mine.map(({ role }) => role).sort()).toEqual(["owner", "read_only"]);
  });

  it("is void once withdrawn or after a week, and a made-up one names nothing", async () => {
    const team = await newTeam();
    const [withdrawn, old] = [newEmail(), newEmail()];
    const { id } = await invite(team.ctx, { email: withdrawn, role: "admin" });
    await invite(team.ctx, { email: old, role: "admin" });
    const tokens = [await mailedToken(withdrawn), await mailedToken(old), "00000000made-up", ""];
    await revokeInvitation(team.ctx, id);
    await platform.owner`update invitations set expires_at = now() - interval '1 minute' where email = ${old}`;
    for (const token of tokens) {
      await expect(acceptInvitation(newVisitor(), { token, newPerson })).rejects.toMatchObject({
        code: "link_invalid",
      });
    }
    expect(await listInvitations(team.ctx)).toEqual([]);
    await expect(invite(team.ctx, { email: old, role: "admin" })).resolves.toMatchObject({ email: old });
  });

  it("is sent to a person once at a time, and not to one of the team", async () => {
    const team = await newTeam();
    const email = newEmail();
    await invite(team.ctx, { email, role: "admin" });
    await expect(invite(team.ctx, { email, role: "finance" })).rejects.toMatchObject({ code: "already_invited" });
    await expect(invite(team.ctx, { email: team.owner.email, role: "admin" })).rejects.toMatchObject({
      code: "already_member",
    });
  });

  it("can't be withdrawn by another merchant", async () => {
    const [team, other] = [await newTeam(), await newTeam()];
    const { id } = await invite(team.ctx, { email: newEmail(), role: "admin" });
    await expect(revokeInvitation(other.ctx, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await listInvitations(team.ctx)).toHaveLength(1);
  });
});

describe("a role", () => {
  it("of an owner is given and taken by owners only", async () => {
    const team = await newTeam();
    const admin = await colleague(team, "admin");
    const clerk = await colleague(team, "finance");
    await expect(invite(admin.ctx, { email: newEmail(), role: "owner" })).rejects.toMatchObject({ code: "owner_only" });
    await expect(changeRole(admin.ctx, { userId: clerk.id, role: "owner" })).rejects.toMatchObject({
      code: "owner_only",
    });
    await expect(changeRole(admin.ctx, { userId: team.owner.id, role: "admin" })).rejects.toMatchObject({
      code: "owner_only",
    });
    await expect(removeMember(admin.ctx, team.owner.id)).rejects.toMatchObject({ code: "owner_only" });
    await changeRole(team.ctx, { userId: clerk.id, role: "owner" });
    expect((await membershipsOf(clerk.id))[0]?.role).toBe("owner");
  });

  it("can't be given beyond one's own, unknown, to a stranger, or by a key", async () => {
    const team = await newTeam();
    const clerk = await colleague(team, "finance");
    const stranger = await newOwner();
    await expect(invite(clerk.ctx, { email: newEmail(), role: "developer" })).rejects.toMatchObject({
      code: "permission_not_grantable",
    });
    await expect(changeRole(team.ctx, { userId: clerk.id, role: "rol_nothing" })).rejects.toMatchObject({
      code: "role_unknown",
    });
    await expect(changeRole(team.ctx, { userId: stranger.id, role: "admin" })).rejects.toMatchObject({
      code: "not_found",
    });
    const key = team.ctx.with({ actor: { type: "api_key", id: "key_1" } });
    await expect(changeRole(key, { userId: clerk.id, role: "admin" })).rejects.toMatchObject({
      code: "person_required",
    });
  });

  it("always leaves an owner, even when two owners step down at once", async () => {
    const team = await newTeam();
    await expect(changeRole(team.ctx, { userId: team.owner.id, role: "admin" })).rejects.toMatchObject({
      code: "last_owner",
    });
    await expect(removeMember(team.ctx, team.owner.id)).rejects.toMatchObject({ code: "last_owner" });
    const second = await colleague(team, "owner");
    const results = await Promise.allSettled([
      changeRole(team.ctx, { userId: team.owner.id, role: "admin" }),
      removeMember(second.ctx, second.id),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect((await listMembers(team.ctx)).filter(({ role }) => role === "owner")).toHaveLength(1);
  });
});

it("lets a removed member read nothing more, and tells the merchant's own log", async () => {
  const team = await newTeam();
  const clerk = await colleague(team, "finance");
  const person = { id: clerk.id, name: "Jo", email: clerk.email, realm: "merchant" } as const;
  const headers = { cookie: (await cookieOf(person)).header, "gpl-merchant": team.merchantId };
  expect((await platform.call(undefined, "GET", "/v1/orders", undefined, headers)).status).toBe(200);
  await removeMember(team.ctx, clerk.id);
  expect((await platform.call(undefined, "GET", "/v1/orders", undefined, headers)).status).toBe(401);
  const [entry] = await platform.owner`
    select actor_id, object_id from audit_log where merchant_id = ${team.merchantId} and verb = 'member.remove'`;
  expect(entry).toMatchObject({ actor_id: team.owner.id, object_id: clerk.id });
});

it("refuses a weaker role over the API", async () => {
  const team = await newTeam();
  const clerk = await colleague(team, "finance");
  const person = { id: clerk.id, name: "Jo", email: clerk.email, realm: "merchant" } as const;
  const headers = { cookie: (await cookieOf(person)).header };
  for (const [method, path, body] of [
    ["POST", "/v1/invitations", { email: newEmail(), role: "read_only" }],
    ["PATCH", `/v1/members/${team.owner.id}`, { role: "read_only" }],
    ["DELETE", `/v1/members/${team.owner.id}`, undefined],
  ] as const) {
    const answer = await platform.call(undefined, method, path, body, headers);
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
});
