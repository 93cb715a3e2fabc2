import type { CredentialsConfig } from "next-auth/providers/credentials";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBrowser } from "#lib/access/browser";
import { readSession } from "#lib/access/session";
import { isLive } from "#lib/access/sessions";
import { requestSignUp } from "#lib/access/sign-up";
import { cookieOf, goodPassword, mailedToken, newEmail, newOwner, newVisitor, signUpInput } from "#lib/access/testing";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { authOptions } from "./options.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const newBrowser = () => ({ ip: newVisitor().ip, userAgent: "", deviceId: "one", locale: "en" }) as const;

function authorize(id: string, given: Record<string, string>) {
  const { providers } = authOptions(newBrowser());
  const provider = providers.find((one) => (one as unknown as CredentialsConfig).options?.id === id);
  const { options } = provider as unknown as { options: CredentialsConfig };
  return options.authorize(given, { headers: {} });
}

describe("the sign-in's providers", () => {
  it("let a mailed sign-up link in once, with a session", async () => {
    const email = newEmail();
    await requestSignUp(newVisitor(), signUpInput(email));
    const token = await mailedToken(email);
    const person = await authorize("sign-up", { token });
    expect(person).toMatchObject({ email, realm: "merchant", sessionId: expect.stringMatching(/^ses_/) });
    await expect(authorize("sign-up", { token })).rejects.toThrow("link_invalid");
  });

  it("note a session for a right password and none for a wrong one", async () => {
    const { id, email } = await newOwner();
    const count = async () =>
      (await platform.owner`select count(*)::int as n from person_sessions where person_id = ${id}`)[0]?.n;
    await expect(authorize("merchant", { email, password: "wrong" })).rejects.toThrow("refused");
    expect(await count()).toBe(0);
    expect(await authorize("merchant", { email, password: goodPassword })).toMatchObject({ id, email });
    expect(await count()).toBe(1);
  });

  it("end the session when its person signs out", async () => {
    const owner = await newOwner();
    const { header, sessionId } = await cookieOf(owner);
    const token = { sub: owner.id, realm: "merchant", sid: sessionId };
    await authOptions(newBrowser()).events?.signOut?.({ token, session: undefined as never });
    expect(await isLive({ id: sessionId, realm: "merchant", personId: owner.id })).toBe(false);
    expect(await readSession(header)).toBeUndefined();
  });
});

describe("the browser of a request", () => {
  const from = (headers: Record<string, string>) => readBrowser(new Request(`${platform.origin}/`, { headers }));

  it("is known by its cookie, and given one when it has none of ours", () => {
    const first = from({ "x-forwarded-for": "203.0.113.9, ::ffff:198.51.100.4" });
    expect(first.browser).toMatchObject({ ip: "198.51.100.4", locale: "en" });
    const cookie = first.newCookie?.split(";")[0] ?? "";
    expect(cookie).toBe(`device=${first.browser.deviceId}`);
    expect(from({ cookie: `theme=dark; ${cookie}` })).toMatchObject({
      browser: { deviceId: first.browser.deviceId },
    });
    expect(from({ cookie }).newCookie).toBeUndefined();
    expect(from({ cookie: "device=x" }).newCookie).toMatch(/^device=[0-9a-z]{32}; .*HttpOnly; SameSite=Lax/);
  });

  it("speaks the chosen language before the one it asks for", () => {
    expect(from({ "accept-language": "zh-CN" }).browser.locale).toBe("zh-CN");
    expect(from({ "accept-language": "zh-CN", cookie: "lang=zh-TW" }).browser.locale).toBe("zh-TW");
  });
});
