import { type Context, openContext } from "#db/tenancy";
import type { Visitor } from "#lib/access/visitor";

/** The merchant's context for somebody at the door; `userId` once it is known. */
export function contextOf(visitor: Visitor, merchantId: string, userId = ""): Context {
  return openContext({
    merchantId,
    livemode: false,
    requestId: visitor.requestId,
    locale: visitor.locale,
    actor: { type: "user", id: userId, ...(visitor.ip && { ip: visitor.ip }) },
  });
}
