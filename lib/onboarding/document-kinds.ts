import type { ApplicationDocument } from "#db/schema/onboarding";

/** What a paper of an application shows. */
export const documentKinds = [
  "registration",
  "identity",
  "bank",
  "address",
  "other",
] as const satisfies readonly ApplicationDocument["kind"][];
