import { AppError, InvalidParam } from "#lib/kernel/errors";
import { minPasswordLength, type PasswordProblem, passwordProblem } from "./password-rules.ts";

/** Never was, was used, or is too old: a stranger learns nothing of which. */
export class LinkInvalid extends AppError {
  constructor() {
    super("gone", "link_invalid");
  }
}

const codes: Record<PasswordProblem, string> = {
  too_short: "password_too_short",
  too_long: "password_too_long",
  common: "password_common",
  personal: "password_personal",
};

/** @throws InvalidParam naming what is wrong with the password */
export function refuseWeakPassword(password: string, personal: readonly string[]): void {
  const problem = passwordProblem(password, personal);
  if (problem) throw new InvalidParam(codes[problem], "password", { minimum: minPasswordLength });
}

export class PasswordWrong extends AppError {
  constructor() {
    super("forbidden", "password_wrong", { param: "password" });
  }
}

export class CodeWrong extends AppError {
  constructor() {
    super("forbidden", "code_wrong", { param: "code" });
  }
}

export class TooManyTries extends AppError {
  constructor(seconds: number) {
    super("rate_limited", "rate_limited", { detail: { seconds } });
  }
}

/** Every merchant of the person insists on its own provider: neither password nor passkey opens any of them. */
export class SsoRequired extends AppError {
  constructor() {
    super("forbidden", "sso_required");
  }
}
