import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { env } from "#lib/kernel/env";
import { readMailbox } from "#lib/mail/read-mailbox";
import { sessionCookieName } from "./session.ts";
import { startSession } from "./sessions.ts";
import type { Person } from "./sign-in.ts";
import { confirmSignUp, requestSignUp } from "./sign-up.ts";
import type { Visitor } from "./visitor.ts";

export const goodPassword = "copper river seven lamp";

/** Everyone comes from an address of his own, so that one test's tries do not count against another's. */
export function newVisitor(): Visitor {
  const [a = 1, b = 1] = crypto.getRandomValues(new Uint8Array(2));
  return { ip: `198.51.${a}.${b}`, locale: "en", requestId: `req_${randomUUID().slice(0, 8)}` };
}

export function newEmail(): string {
  return `${randomUUID().slice(0, 8)}@shop.example`;
}

export function signUpInput(email: string) {
  return {
    name: "Mei Tanaka",
    company: "Harbour Goods",
    email,
    password: goodPassword,
    country: "JP",
    timeZone: "Asia/Tokyo",
  };
}

/** The token of the link in the latest mail to somebody. */
export async function mailedToken(email: string): Promise<string> {
  const [mail] = await readMailbox(email);
  return /(?:token=|invitations\/)([0-9a-z_]+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

/** Somebody who signed up: a person with a merchant of his own. */
export async function newOwner(): Promise<Person> {
  const email = newEmail();
  const visitor = newVisitor();
  await requestSignUp(visitor, signUpInput(email));
  return confirmSignUp(visitor, await mailedToken(email));
}

/** The cookie header of a new session, as a browser would send it. */
export async function cookieOf(
  person: Person,
  browser: { deviceId?: string; userAgent?: string } = {},
): Promise<{ header: string; sessionId: string }> {
  const sessionId = await startSession(person, {
    ip: "198.51.100.7",
    userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36",
    deviceId: randomUUID(),
    locale: "en",
    ...browser,
  });
  const claims = { sub: person.id, realm: person.realm, sid: sessionId, name: person.name, email: person.email };
  const token = await encode({ token: claims, secret: env.sessionSecret });
  return { header: `${sessionCookieName()}=${token}`, sessionId };
}
