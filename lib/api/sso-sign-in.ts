import { Hono } from "hono";
import { ceremonySecretOf, openCeremony, readBrowser } from "#lib/access/browser";
import { ownPath } from "#lib/access/own-path";
import { signedInCookie } from "#lib/access/session-cookie";
import { AppError } from "#lib/kernel/errors";
import { log } from "#lib/kernel/log";
import { beginSso } from "#lib/sso/begin-sign-in";
import { isSsoProblem } from "#lib/sso/errors";
import { finishSso } from "#lib/sso/finish-sign-in";
import { beginSsoSchema } from "#lib/sso/schemas";
import type { ApiEnv } from "./env.ts";
import { bodyOf, requireOwnPages, visitorOf } from "./middleware/own-pages.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";

/** Signing in at a merchant's own provider: there with an e-mail address, and back with its answer. */
export const ssoSignIn = new Hono<ApiEnv>();
ssoSignIn.use("/v1/sign_in/sso/*", limitByAddress, requireOwnPages);

ssoSignIn.post("/v1/sign_in/sso", async (c) => {
  const { email, next } = await bodyOf(c, beginSsoSchema);
  const { secret, cookie } = openCeremony(c.req.raw);
  const url = await beginSso(visitorOf(c), { email, next: ownPath(next, "/dashboard"), browser: secret });
  c.header("set-cookie", cookie, { append: true });
  return c.json({ object: "sso", url: url.toString() });
});

ssoSignIn.get("/v1/sign_in/sso/callback", async (c) => {
  const visitor = visitorOf(c);
  // The address carries the provider's code.
  c.header("referrer-policy", "no-referrer");
  try {
    const query = new URL(c.req.url).search.slice(1);
    const { person, merchantId, next } = await finishSso(visitor, { query, browser: ceremonySecretOf(c.req.raw) });
    const { browser, newCookie } = readBrowser(c.req.raw);
    c.header("set-cookie", await signedInCookie(person, { ...browser, ip: visitor.ip }, merchantId), { append: true });
    if (newCookie) c.header("set-cookie", newCookie, { append: true });
    return c.redirect(next, 303);
  } catch (error) {
    const code = error instanceof AppError && isSsoProblem(error.code) ? error.code : "sso_failed";
    if (!(error instanceof AppError)) log.error({ err: error, requestId: visitor.requestId }, "single sign-on failed");
    return c.redirect(`/sign-in?problem=${code}`, 303);
  }
});
