import { AppError } from "#lib/kernel/errors";

export class LastOwner extends AppError {
  constructor() {
    super("conflict", "last_owner");
  }
}

export class OwnerOnly extends AppError {
  constructor() {
    super("forbidden", "owner_only");
  }
}

export class PersonRequired extends AppError {
  constructor() {
    super("forbidden", "person_required");
  }
}
