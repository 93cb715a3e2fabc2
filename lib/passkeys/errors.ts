import { AppError } from "#lib/kernel/errors";

/** The challenge was used, is too old, or was given to another browser. */
export class PasskeyExpired extends AppError {
  constructor() {
    super("gone", "passkey_expired");
  }
}

/** One answer for an unknown passkey and for one whose proof is not good. */
export class PasskeyRefused extends AppError {
  constructor(cause?: unknown) {
    super("forbidden", "passkey_refused", { cause });
  }
}
