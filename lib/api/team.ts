import { z } from "@hono/zod-openapi";
import { NotFound } from "#lib/kernel/errors";
import { changeRole } from "#lib/team/change-role";
import { invite, listInvitations, revokeInvitation } from "#lib/team/invite";
import { listMembers } from "#lib/team/list-members";
import { removeMember } from "#lib/team/remove-member";
import {
  changeRoleSchema,
  invitationJson,
  invitationSchema,
  inviteSchema,
  memberJson,
  memberSchema,
} from "#lib/team/schemas";
import { idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

/** Who works with the merchant, in which role. Keys may read it; changes are made by a signed-in member. */
export const team = resource();
const tag = "Team";

team.openapi(
  route({
    method: "get",
    path: "/v1/members",
    tag,
    summary: "List the team",
    permission: "team:read",
    request: {},
    answer: { status: 200, schema: listSchema(memberSchema, "MemberList"), description: "All of them." },
  }),
  async (c) => {
    const members = await listMembers(c.var.ctx);
    return c.json(page(members, members.length, memberJson), 200);
  },
);

team.openapi(
  route({
    method: "patch",
    path: "/v1/members/{id}",
    tag,
    summary: "Give a member another role",
    description: "Only an owner changes owners or makes them; nobody gives what he may not do himself. No API key can.",
    permission: "team:write",
    request: { params: idParam(), ...jsonBody(changeRoleSchema) },
    answer: { status: 200, schema: memberSchema, description: "The member." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await changeRole(c.var.ctx, { userId: id, role: c.req.valid("json").role });
    const member = (await listMembers(c.var.ctx)).find((one) => one.id === id);
    if (!member) throw new NotFound("member");
    return c.json(memberJson(member), 200);
  },
);

team.openapi(
  route({
    method: "delete",
    path: "/v1/members/{id}",
    tag,
    summary: "Take somebody off the team",
    description: "Takes effect within seconds. The last owner can't be removed.",
    permission: "team:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z
        .object({ id: z.string(), object: z.literal("member"), removed: z.literal(true) })
        .openapi("MemberRemoved"),
      description: "Removed.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await removeMember(c.var.ctx, id);
    return c.json({ id, object: "member" as const, removed: true as const }, 200);
  },
);

team.openapi(
  route({
    method: "get",
    path: "/v1/invitations",
    tag,
    summary: "List open invitations",
    permission: "team:read",
    request: {},
    answer: { status: 200, schema: listSchema(invitationSchema, "InvitationList"), description: "Those still open." },
  }),
  async (c) => {
    const rows = await listInvitations(c.var.ctx);
    return c.json(page(rows, rows.length, invitationJson), 200);
  },
);

team.openapi(
  route({
    method: "post",
    path: "/v1/invitations",
    tag,
    summary: "Invite somebody by mail",
    description: "The link in the mail works once, within 7 days. No API key can invite.",
    permission: "team:write",
    request: jsonBody(inviteSchema),
    answer: { status: 201, schema: invitationSchema, description: "The invitation." },
  }),
  async (c) => c.json(invitationJson(await invite(c.var.ctx, c.req.valid("json"))), 201),
);

team.openapi(
  route({
    method: "delete",
    path: "/v1/invitations/{id}",
    tag,
    summary: "Withdraw an invitation",
    permission: "team:write",
    request: { params: idParam() },
    answer: { status: 200, schema: invitationSchema, description: "What was withdrawn." },
  }),
  async (c) => c.json(invitationJson(await revokeInvitation(c.var.ctx, c.req.valid("param").id)), 200),
);
