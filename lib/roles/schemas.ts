import { z } from "@hono/zod-openapi";
import { permissions, permissionsOf, roles } from "#lib/access/permissions";
import type { CustomRole, RoleList } from "./store.ts";

const example = {
  id: "rol_7k2m9xqa01kahx9t1v3x5z7b9d1f",
  object: "role",
  is_built_in: false,
  name: "Counter",
  description: "Reads orders, closes them",
  permissions: ["orders:read", "orders:write"],
  members: 3,
  created_at: "2026-03-01T07:30:00.000Z",
};

export const roleSchema = z
  .object({
    id: z.string().openapi({ description: "What a membership names: `finance`, or the id of one of your own." }),
    object: z.literal("role"),
    is_built_in: z.boolean(),
    name: z.string(),
    description: z.string(),
    permissions: z.array(z.string()),
    members: z.number().int(),
    created_at: z.string().nullable(),
  })
  .openapi("Role", { example });

const name = z.string().trim().min(1).max(60);
const description = z.string().trim().max(300);
const permissionList = z.array(z.enum(permissions)).min(1, { error: "permissions_missing" }).max(permissions.length);

export const createRoleSchema = z
  .strictObject({ name, description: description.default(""), permissions: permissionList })
  .openapi("CreateRole", {
    example: {
      name: "Counter",
      description: "Reads orders, closes them",
      permissions: ["orders:read", "orders:write"],
    },
  });

export const updateRoleSchema = z
  .strictObject({
    name: name.optional(),
    description: description.optional(),
    permissions: permissionList.optional(),
  })
  .openapi("UpdateRole", { example: { permissions: ["orders:read"] } });

type RoleJson = z.output<typeof roleSchema>;

export function roleJson(role: CustomRole, members = 0): RoleJson {
  return {
    id: role.id,
    object: "role",
    is_built_in: false,
    name: role.name,
    description: role.description,
    permissions: [...role.permissions],
    members,
    created_at: role.createdAt.toISOString(),
  };
}

/** The built-in roles, then the merchant's own. */
export function roleListJson({ custom, members }: RoleList): RoleJson[] {
  const builtIn = roles.map(
    (role): RoleJson => ({
      id: role,
      object: "role",
      is_built_in: true,
      name: role,
      description: "",
      permissions: [...permissionsOf(role)],
      members: members.get(role) ?? 0,
      created_at: null,
    }),
  );
  return [...builtIn, ...custom.map((role) => roleJson(role, members.get(role.id) ?? 0))];
}
