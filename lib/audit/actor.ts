import type { Actor } from "#db/tenancy";

/** Somebody who came by HTTP, with what his program calls itself. */
export interface RequestActor extends Actor {
  readonly userAgent?: string;
}
