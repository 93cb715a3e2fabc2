import { AppError } from "#lib/kernel/errors";

/** Nobody decides over a proposal of his own. */
export class SelfApproval extends AppError {
  constructor() {
    super("forbidden", "approval_self");
  }
}

/** The facts are no longer those that the person saw: look again, then decide. */
export class ApprovalChanged extends AppError {
  constructor() {
    super("conflict", "approval_changed", { param: "version" });
  }
}

export class ApprovalOver extends AppError {
  constructor(status: string) {
    super("conflict", "approval_over", { detail: { status } });
  }
}

/** There is an open proposal for the same deed on the same object. */
export class AlreadyProposed extends AppError {
  constructor(id: string) {
    super("conflict", "approval_open", { detail: { approval: id } });
  }
}

export class OperatorForbidden extends AppError {
  constructor(permission: string) {
    super("forbidden", "forbidden", { detail: { permission } });
  }
}
