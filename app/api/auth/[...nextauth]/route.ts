import NextAuth from "next-auth";
import { authOptions } from "./options.ts";

type Answer = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

// The settings are read when somebody signs in, so that a build needs no secret.
const answer: Answer = (request, context) => NextAuth(request as never, context as never, authOptions());

export { answer as GET, answer as POST };
