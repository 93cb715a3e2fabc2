import { AppError } from "#lib/kernel/errors";

/** No channel account of the merchant carries this method for this order, device and wallet. */
export class MethodUnavailable extends AppError {
  constructor(method: string) {
    super("conflict", "method_unavailable", { param: "method", detail: { method } });
  }
}

/** An earlier try may still have taken the money: it is being asked after. */
export class AttemptInProgress extends AppError {
  constructor(attemptId: string) {
    super("conflict", "attempt_in_progress", { detail: { attempt: attemptId } });
  }
}

export class CaptureTooLarge extends AppError {
  constructor(capturable: bigint) {
    super("conflict", "capture_too_large", { param: "amount", detail: { capturable: capturable.toString() } });
  }
}

/** The provider refused an operation on an authorised payment. */
export class ChannelRefused extends AppError {
  constructor(providerCode: string) {
    super("channel_error", "channel_refused", { detail: { provider_code: providerCode } });
  }
}
