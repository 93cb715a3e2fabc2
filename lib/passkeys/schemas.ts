import { z } from "zod";
import { password, personName } from "#lib/access/schemas";

const bytes = (max: number) => z.base64url().min(1).max(max);
const extensions = z.record(z.string(), z.unknown());

/** What a browser gives back of a new credential; fields that we don't read are left out of it. */
export const registrationSchema = z.object({
  id: bytes(1_500),
  rawId: bytes(1_500),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes(4_000),
    attestationObject: bytes(40_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: extensions,
});
export type Registration = z.output<typeof registrationSchema>;

/** What a browser gives back of a proof. */
export const assertionSchema = z.object({
  id: bytes(1_500),
  rawId: bytes(1_500),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes(4_000),
    authenticatorData: bytes(4_000),
    signature: bytes(4_000),
    userHandle: z.base64url().max(100).optional(),
  }),
  clientExtensionResults: extensions,
});
export type Assertion = z.output<typeof assertionSchema>;

export const beginPasskeySchema = z.strictObject({ password });
export const addPasskeySchema = z.strictObject({ name: personName, response: registrationSchema });
export const renamePasskeySchema = z.strictObject({ name: personName });
export const passkeySignInSchema = z.strictObject({ response: assertionSchema });

/** The challenge that an answer is to, as the browser wrote it down; the signature over it is checked elsewhere. */
export function challengeOf(clientDataJSON: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8")) as Record<
      string,
      unknown
    >;
    return typeof challenge === "string" ? challenge : undefined;
  } catch {
    return undefined;
  }
}
