import { Hono } from "hono";
import { ceremonySecretOf, openCeremony, readBrowser } from "#lib/access/browser";
import { signedInCookie } from "#lib/access/session-cookie";
import { beginPasskey, finishPasskey } from "#lib/passkeys/add-passkey";
import { listPasskeys, type Passkey } from "#lib/passkeys/list-passkeys";
import { addPasskeySchema, beginPasskeySchema, passkeySignInSchema, renamePasskeySchema } from "#lib/passkeys/schemas";
import { beginPasskeySignIn, signInWithPasskey } from "#lib/passkeys/sign-in";
import { removePasskey, renamePasskey } from "#lib/passkeys/update-passkey";
import type { ApiEnv } from "./env.ts";
import { self } from "./me.ts";
import { bodyOf, requireOwnPages, visitorOf } from "./middleware/own-pages.ts";
import { limitByAddress } from "./middleware/rate-limit.ts";

/** A person's passkeys, and signing in with one. */
export const passkeys = new Hono<ApiEnv>();
passkeys.use("/v1/sign_in/passkey/*", limitByAddress, requireOwnPages);

function passkeyJson(passkey: Passkey) {
  return {
    id: passkey.id,
    object: "passkey",
    name: passkey.name,
    synced: passkey.isSynced,
    created_at: passkey.createdAt.toISOString(),
    last_used_at: passkey.lastUsedAt?.toISOString() ?? null,
  };
}

passkeys.get("/v1/me/passkeys", async (c) => {
  const session = await self(c);
  const known = await listPasskeys(session.userId);
  return c.json({ object: "list", data: known.map(passkeyJson), has_more: false });
});

passkeys.post("/v1/me/passkeys/options", async (c) => {
  const session = await self(c);
  const { password } = await bodyOf(c, beginPasskeySchema);
  return c.json({ object: "passkey_options", options: await beginPasskey(visitorOf(c), session, password) });
});

passkeys.post("/v1/me/passkeys", async (c) => {
  const session = await self(c);
  const input = await bodyOf(c, addPasskeySchema);
  return c.json(passkeyJson(await finishPasskey(visitorOf(c), session, input)), 201);
});

passkeys.patch("/v1/me/passkeys/:id", async (c) => {
  const session = await self(c);
  const { name } = await bodyOf(c, renamePasskeySchema);
  await renamePasskey(visitorOf(c), session.userId, c.req.param("id"), name);
  return c.json({ id: c.req.param("id"), object: "passkey", name });
});

passkeys.delete("/v1/me/passkeys/:id", async (c) => {
  const session = await self(c);
  await removePasskey(visitorOf(c), session.userId, c.req.param("id"));
  return c.json({ id: c.req.param("id"), object: "passkey", removed: true });
});

passkeys.post("/v1/sign_in/passkey/options", async (c) => {
  const { secret, cookie } = openCeremony(c.req.raw);
  const options = await beginPasskeySignIn(secret);
  c.header("set-cookie", cookie, { append: true });
  return c.json({ object: "passkey_options", options });
});

passkeys.post("/v1/sign_in/passkey", async (c) => {
  const { response } = await bodyOf(c, passkeySignInSchema);
  const visitor = visitorOf(c);
  const person = await signInWithPasskey({ browser: ceremonySecretOf(c.req.raw), response, ip: visitor.ip });
  const { browser, newCookie } = readBrowser(c.req.raw);
  c.header("set-cookie", await signedInCookie(person, { ...browser, ip: visitor.ip }), { append: true });
  if (newCookie) c.header("set-cookie", newCookie, { append: true });
  return c.json({ object: "session", signed_in: true });
});
