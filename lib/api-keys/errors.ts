import { AppError } from "#lib/kernel/errors";

export class ApiKeyRolled extends AppError {
  constructor() {
    super("conflict", "api_key_rolled");
  }
}

export class AddressNotAllowed extends AppError {
  constructor(address: string) {
    super("forbidden", "address_not_allowed", { detail: { address } });
  }
}
