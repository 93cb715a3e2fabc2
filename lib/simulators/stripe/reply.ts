import type { ErrorBody } from "./errors.ts";

/** What a carried-out request answers; unlike a thrown error, also a decline commits and is stored for replays. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

export function cardErrorReply(error: Omit<ErrorBody, "type">): Reply {
  return { status: 402, body: { error: { ...error, type: "card_error" } } };
}
