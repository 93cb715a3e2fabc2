import { AppError, InvalidParam } from "#lib/kernel/errors";

/** Not an http(s) address that we could POST to. `reason` tells which rule it breaks. */
export class WebhookUrlInvalid extends InvalidParam {
  constructor(reason: "malformed" | "scheme" | "https_required" | "credentials" | "fragment" | "too_long") {
    super("webhook_url_invalid", "url", { reason });
  }
}

/** An address that only our own network could reach. */
export class WebhookUrlRefused extends InvalidParam {
  constructor(host: string) {
    super("webhook_url_refused", "url", { host });
  }
}

export class TooManyWebhookEndpoints extends AppError {
  constructor(limit: number) {
    super("conflict", "webhook_endpoint_limit", { detail: { limit } });
  }
}

/** The endpoint is switched off, so nothing may be sent to it. */
export class WebhookEndpointDisabled extends AppError {
  constructor() {
    super("conflict", "webhook_endpoint_disabled", { param: "endpoint" });
  }
}

export class ReplayTooLarge extends InvalidParam {
  constructor(limit: number) {
    super("webhook_replay_too_large", "from", { limit });
  }
}

export class ReplayRangeInvalid extends InvalidParam {
  constructor() {
    super("webhook_replay_range_invalid", "from");
  }
}
