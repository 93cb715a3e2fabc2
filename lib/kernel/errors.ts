/** What went wrong, in the few kinds that a caller can act on; one table turns each into an HTTP status. */
export const errorKinds = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  channel_error: 502,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof errorKinds;

/** Values that the public message of an error may show: never a secret, never another tenant's data. */
export type ErrorDetail = Record<string, string | number | boolean | undefined>;

/**
 * A failure that a caller is meant to understand. `code` is stable and names the entry `errors.<code>` of the message
 * catalogue; `param` names the field at fault; private detail goes into `cause`.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly param: string | undefined;
  readonly detail: ErrorDetail;

  constructor(kind: ErrorKind, code: string, options: { param?: string; detail?: ErrorDetail; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.code = code;
    this.param = options.param;
    this.detail = options.detail ?? {};
  }

  get status(): number {
    return errorKinds[this.kind];
  }
}

/** Another merchant's object and one that never existed answer word for word the same. */
export class NotFound extends AppError {
  constructor(object: string, param = "id") {
    super("not_found", "not_found", { param, detail: { object } });
  }
}

export class InvalidParam extends AppError {
  constructor(code: string, param: string, detail: ErrorDetail = {}) {
    super("invalid_request", code, { param, detail });
  }
}
