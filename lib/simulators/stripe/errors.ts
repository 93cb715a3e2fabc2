export type ErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";

/** The `error` member of an answer, https://docs.stripe.com/api/errors. */
export interface ErrorBody {
  readonly type: ErrorType;
  readonly message: string;
  readonly code?: string | undefined;
  readonly param?: string | undefined;
  readonly decline_code?: string | undefined;
  readonly advice_code?: string | undefined;
  readonly charge?: string | undefined;
  readonly doc_url?: string | undefined;
  readonly payment_intent?: unknown;
  readonly payment_method?: unknown;
}

/** A refusal before anything happened: the transaction rolls back and the idempotency key stays unused. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = "StripeError";
    this.status = status;
    this.body = { ...body, doc_url: body.code && docUrl(body.code) };
  }
}

export function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}

export function invalidRequest(
  message: string,
  detail: Partial<ErrorBody> = {},
  status: 400 | 401 | 403 | 404 | 409 = 400,
): StripeError {
  return new StripeError(status, { type: "invalid_request_error", message, ...detail });
}

export function missing(object: string, id: string, param = "id"): StripeError {
  return invalidRequest(`No such ${object}: '${id}'`, { code: "resource_missing", param }, 404);
}

export function systemError(): StripeError {
  return new StripeError(500, { type: "api_error", message: "An unknown error occurred." });
}
