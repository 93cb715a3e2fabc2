import { AppError } from "#lib/kernel/errors";

export class RoleNameTaken extends AppError {
  constructor() {
    super("conflict", "role_name_taken", { param: "name" });
  }
}

/** People would be left without any right. */
export class RoleInUse extends AppError {
  constructor(members: number) {
    super("conflict", "role_in_use", { detail: { members } });
  }
}

export class RoleLimit extends AppError {
  constructor(limit: number) {
    super("conflict", "role_limit", { detail: { limit } });
  }
}
