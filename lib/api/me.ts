import type { Context as HonoContext } from "hono";
import { Hono } from "hono";
import { userAccount } from "#lib/access/account";
import { endOtherSessions, endSession } from "#lib/access/end-session";
import { loadUser } from "#lib/access/people";
import { changePassword } from "#lib/access/reset-password";
import { changePasswordSchema, codeSchema, passwordSchema } from "#lib/access/schemas";
import { readSession, type Session } from "#lib/access/session";
import { listSessions } from "#lib/access/sessions";
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from "#lib/access/totp";
import { AppError, NotFound } from "#lib/kernel/errors";
import { deleteAccount } from "#lib/privacy/delete-account";
import type { ApiEnv } from "./env.ts";
import { bodyOf, requireOwnPages, visitorOf } from "./middleware/own-pages.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";
import { sessionJson } from "./session-json.ts";

/** A signed-in person's own account. It belongs to the person, not to a merchant: no key and no role opens it. */
export const me = new Hono<ApiEnv>();
me.use("/v1/me/*", limitByAddress, requireOwnPages);

type C = HonoContext<ApiEnv>;

async function anySelf(c: C): Promise<Session> {
  const session = c.req.header("authorization") ? undefined : await readSession(c.req.header("cookie"));
  if (!session) throw new AppError("unauthenticated", "unauthenticated");
  return session;
}

/** The person, who has shown a password or passkey: a merchant's own provider has no say in the account itself. */
export async function self(c: C): Promise<Session> {
  const session = await anySelf(c);
  if (session.ssoMerchantId) throw new AppError("forbidden", "sso_session");
  return session;
}

me.get("/v1/me", async (c) => {
  const session = await anySelf(c);
  const user = await loadUser(session.userId);
  if (!user) throw new NotFound("user");
  return c.json({
    id: user.id,
    object: "user",
    name: user.name,
    email: user.email,
    totp: user.totp_on,
    recovery_codes_left: user.totp_on ? user.recovery_codes : 0,
  });
});

me.post("/v1/me/delete", async (c) => {
  const session = await self(c);
  const { password } = await bodyOf(c, passwordSchema);
  await deleteAccount(visitorOf(c), session.userId, password);
  return c.json({ id: session.userId, object: "user", deleted: true });
});

me.post("/v1/me/password", async (c) => {
  const session = await self(c);
  const { current, password } = await bodyOf(c, changePasswordSchema);
  await changePassword(visitorOf(c), { userId: session.userId, sessionId: session.id, current, password });
  return c.json({ object: "password", changed: true });
});

me.get("/v1/me/sessions", async (c) => {
  const session = await self(c);
  const entries = await listSessions("merchant", session.userId);
  return c.json({ object: "list", data: entries.map((entry) => sessionJson(entry, session.id)), has_more: false });
});

me.delete("/v1/me/sessions/:id", async (c) => {
  const session = await self(c);
  await endSession(userAccount(visitorOf(c), session.userId), c.req.param("id"));
  return c.json({ id: c.req.param("id"), object: "session", ended: true });
});

me.post("/v1/me/sessions/end_others", async (c) => {
  const session = await self(c);
  return c.json({
    object: "session",
    ended: await endOtherSessions(userAccount(visitorOf(c), session.userId), session.id),
  });
});

me.post("/v1/me/totp", async (c) => {
  const session = await self(c);
  const { password } = await bodyOf(c, passwordSchema);
  return c.json({ object: "totp", ...(await beginTotp(userAccount(visitorOf(c), session.userId), password)) });
});

me.post("/v1/me/totp/confirm", async (c) => {
  const session = await self(c);
  const { code } = await bodyOf(c, codeSchema);
  return c.json({ object: "totp", recovery_codes: await confirmTotp(userAccount(visitorOf(c), session.userId), code) });
});

me.post("/v1/me/totp/remove", async (c) => {
  const session = await self(c);
  const { password } = await bodyOf(c, passwordSchema);
  await removeTotp(userAccount(visitorOf(c), session.userId), { password });
  return c.json({ object: "totp", removed: true });
});

me.post("/v1/me/recovery_codes", async (c) => {
  const session = await self(c);
  const { password } = await bodyOf(c, passwordSchema);
  const codes = await renewRecoveryCodes(userAccount(visitorOf(c), session.userId), { password });
  return c.json({ object: "recovery_codes", recovery_codes: codes });
});
