import { AppError, InvalidParam } from "#lib/kernel/errors";

/** All that a shopper is told: no word of lists, which would help only those who are meant by them. */
export class PaymentRefused extends AppError {
  constructor() {
    super("conflict", "payment_refused");
  }
}

/** The same value stands on the list already, to be blocked or to be allowed. */
export class ListEntryExists extends AppError {
  constructor(id: string) {
    super("conflict", "list_entry_exists", { param: "value", detail: { entry: id } });
  }
}

export class ListFull extends AppError {
  constructor(limit: number) {
    super("conflict", "list_full", { detail: { limit } });
  }
}

export class BadListValue extends InvalidParam {
  constructor(kind: string) {
    super("list_value_invalid", "value", { kind });
  }
}
