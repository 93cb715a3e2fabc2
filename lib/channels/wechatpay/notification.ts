import type { z } from "zod";
import { BadNotification, type ChannelNotification, type RawNotification, type WireAnswer } from "../channel.ts";
import type { WechatpayCredentials } from "./credentials.ts";
import { refundResourceOutcome, transactionOutcome } from "./mapper.ts";
import { openResource, signatureFault } from "./sign.ts";
import { notification, refundResource, transaction } from "./wire.ts";

type Envelope = z.infer<typeof notification>;

/** Verifies, opens and reads a notification (channels.md §2.7). @throws BadNotification */
export function readNotification(
  credentials: WechatpayCredentials,
  raw: RawNotification,
  now: Date,
): ChannelNotification {
  const headers = new Map(Object.entries(raw.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const fault = signatureFault(credentials, (name) => headers.get(name), raw.body, now);
  if (fault) throw new BadNotification(fault.reason, fault.message);
  const envelope = parse(notification, readJson(raw.body.toString("utf8")), "envelope");

  switch (envelope.resource.original_type) {
    case "transaction":
      return readPayment(credentials, envelope);
    case "refund":
      return readRefund(credentials, envelope);
    // Splits, transfers and contracts are reported to the same address once the merchant uses them.
    default:
      return { kind: "ignored", eventId: envelope.id, type: envelope.event_type };
  }
}

function readPayment(credentials: WechatpayCredentials, envelope: Envelope): ChannelNotification {
  const body = parse(transaction, open(credentials, envelope), "transaction");
  if (body.mchid !== credentials.mchid || body.appid !== credentials.appid) {
    throw new BadNotification("foreign_account", "transaction of another merchant or application");
  }
  return { kind: "payment", eventId: envelope.id, reference: body.out_trade_no, outcome: transactionOutcome(body) };
}

function readRefund(credentials: WechatpayCredentials, envelope: Envelope): ChannelNotification {
  const body = parse(refundResource, open(credentials, envelope), "refund");
  if (body.mchid !== credentials.mchid) throw new BadNotification("foreign_account", "refund of another merchant");
  return {
    kind: "refund",
    eventId: envelope.id,
    refundReference: body.out_refund_no,
    outcome: refundResourceOutcome(body),
  };
}

function open(credentials: WechatpayCredentials, envelope: Envelope): unknown {
  try {
    return readJson(openResource(credentials.apiv3_key, envelope.resource));
  } catch (cause) {
    throw new BadNotification("malformed", "resource does not open with this account's APIv3 key", { cause });
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadNotification("malformed", "not JSON", { cause });
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BadNotification("malformed", `${what} is not readable`, { cause: parsed.error });
  return parsed.data;
}

/** Anything but 200 or 204 is sent again, 15 times in about a day. */
export function acknowledge(accepted: boolean): WireAnswer {
  const body = accepted ? { code: "SUCCESS", message: "成功" } : { code: "FAIL", message: "失败" };
  return { status: accepted ? 200 : 500, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
