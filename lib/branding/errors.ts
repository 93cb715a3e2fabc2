import { AppError, InvalidParam } from "#lib/kernel/errors";

export class LogoUnreadable extends InvalidParam {
  constructor() {
    super("logo_unreadable", "data");
  }
}

export class LogoTooLarge extends AppError {
  constructor(detail: { maxKilobytes: number; maxPixels: number }) {
    super("too_large", "logo_too_large", { param: "data", detail });
  }
}
