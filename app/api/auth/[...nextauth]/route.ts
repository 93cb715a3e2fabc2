import NextAuth from "next-auth";
import { readBrowser } from "#lib/access/browser";
import { authOptions } from "./options.ts";

type Answer = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

// The settings are read when somebody signs in, so that a build needs no secret.
const answer: Answer = async (request, context) => {
  const { browser, newCookie } = readBrowser(request);
  const response: Response = await NextAuth(request as never, context as never, authOptions(browser));
  // Only with a sign-in: the page asks for several things at once, and each answer would name another device.
  if (newCookie && request.method === "POST") response.headers.append("set-cookie", newCookie);
  return response;
};

export { answer as GET, answer as POST };
