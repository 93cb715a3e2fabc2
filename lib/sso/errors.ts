import { AppError, InvalidParam } from "#lib/kernel/errors";

/** Why a single sign-on stopped; the sign-in page says it in words (`errors.<code>`). */
export const ssoProblems = [
  "sso_expired",
  "sso_denied",
  "sso_failed",
  "sso_unavailable",
  "sso_email_missing",
  "sso_email_unverified",
  "sso_email_foreign",
  "sso_removed",
  "sso_off",
] as const;
export type SsoProblem = (typeof ssoProblems)[number];

export function isSsoProblem(text: unknown): text is SsoProblem {
  return ssoProblems.some((problem) => problem === text);
}

const kinds = { sso_expired: "gone", sso_unavailable: "unavailable", sso_off: "not_found" } as const;

export class SsoStopped extends AppError {
  constructor(problem: SsoProblem, cause?: unknown) {
    super(problem in kinds ? kinds[problem as keyof typeof kinds] : "forbidden", problem, { cause });
  }
}

/** Something is wrong with the provider's address or with what it says about itself. */
export class IssuerProblem extends InvalidParam {
  constructor(
    problem: "invalid" | "refused" | "unreachable" | "no_oidc" | "mismatch",
    detail: { found?: string } = {},
  ) {
    super(`sso_issuer_${problem}`, "issuer", detail);
  }
}
