import type { z } from "zod";
import { BadNotification, type ChannelNotification, type RawNotification, type WireAnswer } from "../channel.ts";
import type { AlipayCredentials } from "./credentials.ts";
import { isAboutRefund, tradeOutcome } from "./mapper.ts";
import { verifyNotification } from "./sign.ts";
import { notificationHead, tradeNotification } from "./wire.ts";

/** Verifies and reads a notification (channels.md §1.6). @throws BadNotification */
export function readNotification(credentials: AlipayCredentials, raw: RawNotification, now: Date): ChannelNotification {
  const parameters = decode(raw.body);
  if (!verifyNotification(credentials.alipay_public_key, parameters)) {
    throw new BadNotification("signature", "signature is missing or does not verify");
  }
  const head = parse(notificationHead, parameters);
  if (
    head.app_id !== credentials.app_id ||
    (head.seller_id !== undefined && head.seller_id !== credentials.seller_id)
  ) {
    throw new BadNotification("foreign_account", "trade of another application or merchant");
  }
  // Agreements and pre-authorisations are reported to the same address once the merchant uses them.
  if (head.notify_type !== "trade_status_sync")
    return { kind: "ignored", eventId: head.notify_id, type: head.notify_type };
  return readTrade(head.notify_id, parameters, now);
}

function readTrade(eventId: string, parameters: Record<string, string>, now: Date): ChannelNotification {
  const body = parse(tradeNotification, parameters);
  if (!isAboutRefund(body)) {
    return {
      kind: "payment",
      eventId,
      reference: body.out_trade_no,
      outcome: tradeOutcome(body, body.gmt_payment, now),
    };
  }
  // Without our number there is no telling which refund it is; each has answered its own call already.
  if (!body.out_biz_no) return { kind: "ignored", eventId, type: "trade_status_sync:refund" };
  // refund_fee is the sum of all refunds of the trade, so what this one came to takes a query.
  return {
    kind: "refund",
    eventId,
    refundReference: body.out_biz_no,
    outcome: { kind: "pending", reference: body.out_biz_no },
  };
}

/** Decoded once, as the signature wants it. A name that comes twice could be read one way and verified another. */
function decode(body: Buffer): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
    if (parameters.has(name)) throw new BadNotification("malformed", "parameter given twice");
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

/** Empty values count as absent, in reading as in signing. */
function parse<T>(schema: z.ZodType<T>, parameters: Record<string, string>): T {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== "")));
  if (!parsed.success) throw new BadNotification("malformed", "notification is not readable", { cause: parsed.error });
  return parsed.data;
}

/** Anything but the seven letters is sent again, eight times in about 25 hours. */
export function acknowledge(accepted: boolean): WireAnswer {
  return {
    status: accepted ? 200 : 500,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: accepted ? "success" : "failure",
  };
}
