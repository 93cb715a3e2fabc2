import { AppError } from "#lib/kernel/errors";

export class MerchantAlreadySuspended extends AppError {
  constructor() {
    super("conflict", "merchant_suspended_already");
  }
}

export class MerchantNotSuspended extends AppError {
  constructor() {
    super("conflict", "merchant_not_suspended");
  }
}

/** The application is not in a state in which an operator can do this. */
export class ApplicationNotSubmitted extends AppError {
  constructor(status: string) {
    super("conflict", "application_not_submitted", { detail: { status } });
  }
}

/** Somebody has to check first what is still open. */
export class ChecksIncomplete extends AppError {
  constructor(open: readonly string[]) {
    super("conflict", "application_checks_incomplete", { detail: { open: open.join(", ") } });
  }
}
