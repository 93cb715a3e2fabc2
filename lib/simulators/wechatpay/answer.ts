import { randomBytes } from "node:crypto";
import type { Account } from "./accounts.ts";
import { answerMessage, newNonce, rsaSign } from "./signature.ts";
import type { WechatPayError } from "./wire-error.ts";

/** What an endpoint answers, before it is signed. */
export interface Answer {
  readonly status: number;
  readonly json?: Record<string, unknown>;
  /** A downloaded file: the one kind of answer that is not signed. */
  readonly file?: Buffer;
}

export const noContent: Answer = { status: 204 };

export function ok(json: Record<string, unknown>): Answer {
  return { status: 200, json };
}

export function errorAnswer(error: WechatPayError): Answer {
  const { code, message, detail } = error;
  return { status: error.status, json: detail ? { code, message, detail } : { code, message } };
}

/** The `Wechatpay-*` headers of an answer or a notification with this body. */
export async function signedHeaders(
  account: Account,
  serial: string,
  body: string,
  now: Date,
): Promise<Record<string, string>> {
  const timestamp = Math.floor(now.getTime() / 1000).toString();
  const nonce = newNonce(32);
  return {
    "Wechatpay-Nonce": nonce,
    "Wechatpay-Serial": serial,
    "Wechatpay-Signature": await rsaSign(answerMessage(timestamp, nonce, body), account.platformKey),
    "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    "Wechatpay-Timestamp": timestamp,
  };
}

/** @param internalCode 0 for success */
export function newRequestId(internalCode: number): string {
  return `08${randomBytes(22).toString("hex").toUpperCase()}-${internalCode}`;
}
