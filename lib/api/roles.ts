import { z } from "@hono/zod-openapi";
import { createRole } from "#lib/roles/create-role";
import { deleteRole } from "#lib/roles/delete-role";
import { createRoleSchema, roleJson, roleListJson, roleSchema, updateRoleSchema } from "#lib/roles/schemas";
import { listRoles } from "#lib/roles/store";
import { updateRole } from "#lib/roles/update-role";
import { idempotencyHeader, idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const roles = resource();
const tag = "Roles";

roles.openapi(
  route({
    method: "get",
    path: "/v1/roles",
    tag,
    summary: "List roles: the built-in ones, then your own",
    permission: "roles:read",
    request: {},
    answer: { status: 200, schema: listSchema(roleSchema, "RoleList"), description: "All of them." },
  }),
  async (c) => {
    const list = roleListJson(await listRoles(c.var.ctx));
    return c.json(
      page(list, list.length, (role) => role),
      200,
    );
  },
);

roles.openapi(
  route({
    method: "post",
    path: "/v1/roles",
    tag,
    summary: "Create a role",
    description: "A role may do no more than who makes it.",
    permission: "roles:write",
    request: { headers: idempotencyHeader, ...jsonBody(createRoleSchema) },
    answer: { status: 201, schema: roleSchema, description: "The role." },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(roleJson(await createRole(c.var.ctx, c.req.valid("json"), c.var.principal.permissions)), 201),
);

roles.openapi(
  route({
    method: "patch",
    path: "/v1/roles/{id}",
    tag,
    summary: "Change a role of your own",
    description: "Whoever has the role may do what it says within five seconds.",
    permission: "roles:write",
    request: { params: idParam(), ...jsonBody(updateRoleSchema) },
    answer: { status: 200, schema: roleSchema, description: "The role." },
  }),
  async (c) => {
    const { ctx, principal } = c.var;
    const role = await updateRole(ctx, c.req.valid("param").id, c.req.valid("json"), principal.permissions);
    return c.json(roleJson(role, (await listRoles(ctx)).members.get(role.id)), 200);
  },
);

roles.openapi(
  route({
    method: "delete",
    path: "/v1/roles/{id}",
    tag,
    summary: "Delete a role that nobody has",
    permission: "roles:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({ id: z.string(), object: z.literal("role"), deleted: z.literal(true) }),
      description: "Gone.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await deleteRole(c.var.ctx, id, c.var.principal.permissions);
    return c.json({ id, object: "role" as const, deleted: true as const }, 200);
  },
);
