import { Hono } from "hono";
import { requestPasswordReset, resetPassword } from "#lib/access/reset-password";
import { newPasswordSchema, passwordResetSchema, signUpSchema } from "#lib/access/schemas";
import { readSession } from "#lib/access/session";
import { requestSignUp } from "#lib/access/sign-up";
import { setOperatorPassword } from "#lib/operator/people/set-password";
import { acceptInvitation } from "#lib/team/accept-invitation";
import { acceptInvitationSchema } from "#lib/team/schemas";
import type { ApiEnv } from "./env.ts";
import { bodyOf, requireOwnPages, visitorOf } from "./middleware/own-pages.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";

/** What somebody without an account, or without its password, asks through our own pages. */
export const visitors = new Hono<ApiEnv>();
visitors.use("/v1/sign_ups", limitByAddress, requireOwnPages);
visitors.use("/v1/password_resets/*", limitByAddress, requireOwnPages);
visitors.use("/v1/operator_passwords/confirm", limitByAddress, requireOwnPages);
visitors.use("/v1/invitations/accept", limitByAddress, requireOwnPages);

visitors.post("/v1/sign_ups", async (c) => {
  const { time_zone, ...input } = await bodyOf(c, signUpSchema);
  await requestSignUp(visitorOf(c), { ...input, timeZone: time_zone });
  return c.json({ object: "sign_up", email: input.email });
});

visitors.post("/v1/password_resets", async (c) => {
  const { email } = await bodyOf(c, passwordResetSchema);
  await requestPasswordReset(visitorOf(c), email);
  return c.json({ object: "password_reset", email });
});

visitors.post("/v1/password_resets/confirm", async (c) => {
  const { token, password } = await bodyOf(c, newPasswordSchema);
  await resetPassword(visitorOf(c), token, password);
  return c.json({ object: "password_reset", done: true });
});

visitors.post("/v1/operator_passwords/confirm", async (c) => {
  const { token, password } = await bodyOf(c, newPasswordSchema);
  await setOperatorPassword(visitorOf(c), token, password);
  return c.json({ object: "operator_password", done: true });
});

visitors.post("/v1/invitations/accept", async (c) => {
  const { token, name, password } = await bodyOf(c, acceptInvitationSchema);
  const session = await readSession(c.req.header("cookie"));
  const { merchantId } = await acceptInvitation(visitorOf(c), {
    token,
    ...(session && { signedIn: { userId: session.userId } }),
    ...(name && password && { newPerson: { name, password } }),
  });
  return c.json({ object: "membership", merchant: merchantId });
});
