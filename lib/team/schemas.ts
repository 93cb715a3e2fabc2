import { z } from "@hono/zod-openapi";
import { email, password, personName, token } from "#lib/access/schemas";
import type { Invitation } from "./invite.ts";
import type { Member } from "./list-members.ts";

export const acceptInvitationSchema = z.strictObject({
  token,
  name: personName.optional(),
  password: password.optional(),
});

const role = z.string().max(64).openapi({
  description: "`owner`, `admin`, `finance`, `operations`, `developer`, `read_only`, or the id of a custom role.",
});

export const memberSchema = z
  .object({
    id: z.string(),
    object: z.literal("member"),
    name: z.string(),
    email: z.string(),
    role: z.string(),
    has_second_factor: z.boolean().openapi({ description: "Signing in with the password asks for a code too." }),
    has_passkey: z.boolean().openapi({ description: "Can also sign in with a passkey." }),
    joined_at: z.string(),
    last_seen_at: z.string().nullable(),
  })
  .openapi("Member", {
    example: {
      id: "usr_01kajv5d2f6g8h1jkmnp",
      object: "member",
      name: "Lin Wei",
      email: "wei@shop.example",
      role: "admin",
      has_second_factor: true,
      has_passkey: false,
      joined_at: "2026-03-01T07:00:00.000Z",
      last_seen_at: "2026-03-02T09:30:00.000Z",
    },
  });

export function memberJson(member: Member) {
  return {
    id: member.id,
    object: "member" as const,
    name: member.name,
    email: member.email,
    role: member.role,
    has_second_factor: member.hasSecondFactor,
    has_passkey: member.hasPasskey,
    joined_at: member.joinedAt.toISOString(),
    last_seen_at: member.lastSeenAt?.toISOString() ?? null,
  };
}

export const changeRoleSchema = z.strictObject({ role }).openapi("ChangeRole", { example: { role: "finance" } });

export const inviteSchema = z
  .strictObject({ email: email.openapi({ type: "string", format: "email" }), role })
  .openapi("Invite", { example: { email: "jo@shop.example", role: "developer" } });

export const invitationSchema = z
  .object({
    id: z.string(),
    object: z.literal("invitation"),
    email: z.string(),
    role: z.string(),
    created_at: z.string(),
    expires_at: z.string(),
  })
  .openapi("Invitation", {
    example: {
      id: "inv_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      object: "invitation",
      email: "jo@shop.example",
      role: "developer",
      created_at: "2026-03-01T07:00:00.000Z",
      expires_at: "2026-03-08T07:00:00.000Z",
    },
  });

export function invitationJson(row: Invitation) {
  return {
    id: row.id,
    object: "invitation" as const,
    email: row.email,
    role: row.role,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  };
}
