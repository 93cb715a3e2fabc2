import { z } from "@hono/zod-openapi";
import { endOtherSessions, endSession } from "#lib/access/end-session";
import { codeSchema, password, passwordSchema } from "#lib/access/schemas";
import { listSessions } from "#lib/access/sessions";
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from "#lib/access/totp";
import { operatorAccount, ownAccount } from "#lib/operator/people/own-account";
import { idParam, jsonBody, listSchema, resource } from "../route.ts";
import { sessionJson } from "../session-json.ts";
import { operatorRoute } from "./route.ts";

/** An operator's own account. */
export const me = resource();
const common = { tag: "My account", permission: "account:write" } as const;

const meSchema = z
  .object({
    id: z.string(),
    object: z.literal("operator"),
    name: z.string(),
    email: z.string(),
    totp: z.boolean().openapi({ description: "Signing in asks for the authenticator's code too." }),
    recovery_codes_left: z.number().int(),
    second_factor_required: z.boolean().openapi({
      description: "Without a second factor every other route answers `second_factor_required`.",
    }),
  })
  .openapi("OwnAccount");

me.openapi(
  operatorRoute({
    ...common,
    method: "get",
    path: "/v1/operator/me",
    summary: "Retrieve one's own account",
    isEnrolment: true,
    request: {},
    answer: { status: 200, schema: meSchema, description: "Who asks." },
  }),
  async (c) => {
    const { id, name, email, hasTotp, recoveryCodesLeft, isFactorRequired } = await ownAccount(c.var.octx);
    const factor = { totp: hasTotp, recovery_codes_left: recoveryCodesLeft, second_factor_required: isFactorRequired };
    return c.json({ id, object: "operator" as const, name, email, ...factor }, 200);
  },
);

const begunSchema = z.object({
  object: z.literal("totp"),
  secret: z.string().openapi({ description: "Base32, to type in." }),
  uri: z.string().openapi({ description: "What the QR code shows." }),
});
const codesSchema = z.object({
  object: z.literal("recovery_codes"),
  recovery_codes: z.array(z.string()).openapi({ description: "Each works once; shown this once." }),
});
const proofSchema = z.strictObject({
  password,
  code: z.string().trim().max(40).optional().openapi({
    description: "The authenticator's code or a recovery code; wanted while the second factor is on.",
  }),
});

me.openapi(
  operatorRoute({
    ...common,
    method: "post",
    path: "/v1/operator/me/totp",
    summary: "Begin to set up an authenticator",
    description: "The secret counts once a code of it was given.",
    isEnrolment: true,
    request: jsonBody(passwordSchema),
    answer: { status: 200, schema: begunSchema, description: "The secret." },
  }),
  async (c) => {
    const begun = await beginTotp(operatorAccount(c.var.octx), c.req.valid("json").password);
    return c.json({ object: "totp" as const, ...begun }, 200);
  },
);

me.openapi(
  operatorRoute({
    ...common,
    method: "post",
    path: "/v1/operator/me/totp/confirm",
    summary: "Switch the second factor on with a first code",
    isEnrolment: true,
    request: jsonBody(codeSchema),
    answer: { status: 200, schema: codesSchema, description: "The recovery codes." },
  }),
  async (c) => {
    const codes = await confirmTotp(operatorAccount(c.var.octx), c.req.valid("json").code);
    return c.json({ object: "recovery_codes" as const, recovery_codes: codes }, 200);
  },
);

me.openapi(
  operatorRoute({
    ...common,
    method: "post",
    path: "/v1/operator/me/totp/remove",
    summary: "Switch the second factor off",
    description: "With password and code; a mail tells of it.",
    request: jsonBody(proofSchema),
    answer: {
      status: 200,
      schema: z.object({ object: z.literal("totp"), removed: z.boolean() }),
      description: "From now on the password alone opens the account.",
    },
  }),
  async (c) => {
    await removeTotp(operatorAccount(c.var.octx), c.req.valid("json"));
    return c.json({ object: "totp" as const, removed: true }, 200);
  },
);

me.openapi(
  operatorRoute({
    ...common,
    method: "post",
    path: "/v1/operator/me/recovery_codes",
    summary: "Make new recovery codes",
    description: "With password and code. The old ones are void.",
    request: jsonBody(proofSchema),
    answer: { status: 200, schema: codesSchema, description: "The new ones." },
  }),
  async (c) => {
    const codes = await renewRecoveryCodes(operatorAccount(c.var.octx), c.req.valid("json"));
    return c.json({ object: "recovery_codes" as const, recovery_codes: codes }, 200);
  },
);

const sessionSchema = z
  .object({
    id: z.string(),
    object: z.literal("session"),
    is_current: z.boolean(),
    browser: z.string(),
    ip: z.string(),
    created_at: z.string(),
    last_seen_at: z.string(),
    expires_at: z.string(),
  })
  .openapi("OwnSession");

me.openapi(
  operatorRoute({
    ...common,
    method: "get",
    path: "/v1/operator/me/sessions",
    summary: "List the browsers that one is signed in with",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(sessionSchema, "OwnSessionList"),
      description: "The one used last first.",
    },
  }),
  async (c) => {
    const { operator, sessionId } = c.var.octx;
    const data = (await listSessions("operator", operator.id)).map((entry) => sessionJson(entry, sessionId));
    return c.json({ object: "list" as const, data, has_more: false }, 200);
  },
);

me.openapi(
  operatorRoute({
    ...common,
    method: "delete",
    path: "/v1/operator/me/sessions/{id}",
    summary: "Sign one of one's own browsers out",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({ id: z.string(), object: z.literal("session"), ended: z.boolean() }),
      description: "It is over within seconds.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await endSession(operatorAccount(c.var.octx), id);
    return c.json({ id, object: "session" as const, ended: true }, 200);
  },
);

me.openapi(
  operatorRoute({
    ...common,
    method: "post",
    path: "/v1/operator/me/sessions/end_others",
    summary: "Sign every other browser of one's own out",
    request: {},
    answer: {
      status: 200,
      schema: z.object({ object: z.literal("session"), ended: z.number().int() }),
      description: "How many there were.",
    },
  }),
  async (c) => {
    const ended = await endOtherSessions(operatorAccount(c.var.octx), c.var.octx.sessionId);
    return c.json({ object: "session" as const, ended }, 200);
  },
);
