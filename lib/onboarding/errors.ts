import { AppError } from "#lib/kernel/errors";

/** It lies with us, or was approved: nothing of it can be changed. */
export class ApplicationClosed extends AppError {
  constructor(status: string) {
    super("conflict", "application_closed", { detail: { status } });
  }
}

/** What an application can't be sent without. */
export class ApplicationIncomplete extends AppError {
  constructor(field: string) {
    super("conflict", "application_incomplete", { param: field, detail: { field } });
  }
}

export class ContractNotSigned extends AppError {
  constructor() {
    super("conflict", "contract_not_signed");
  }
}

/** Another text than the one that is signed now. */
export class ContractChanged extends AppError {
  constructor() {
    super("conflict", "contract_changed", { param: "sha256" });
  }
}

export class TooManyDocuments extends AppError {
  constructor() {
    super("conflict", "too_many_documents");
  }
}
