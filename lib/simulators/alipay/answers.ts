import type { KeyObject } from "node:crypto";
import { rsa2Sign } from "./sign.ts";

/** The object inside `<method>_response`, in the order it goes out. */
export type Answer = Readonly<Record<string, unknown>>;

export function success(fields: Record<string, unknown>): Answer {
  return { code: "10000", msg: "Success", ...fields };
}

const messages = {
  "20000": "Service Currently Unavailable",
  "40001": "Missing Required Arguments",
  "40002": "Invalid Arguments",
  "40004": "Business Failed",
  "40006": "Insufficient Permissions",
} as const;

type Code = keyof typeof messages;

/** A refusal in the provider's own codes. Without a known app and method it goes out as `error_response`. */
export class Refusal extends Error {
  readonly code: Code;
  readonly subCode: string;
  readonly subMsg: string;

  constructor(code: Code, subCode: string, subMsg: string) {
    super(`${code} ${subCode}`);
    this.name = "Refusal";
    this.code = code;
    this.subCode = subCode;
    this.subMsg = subMsg;
  }

  answer(fields: Record<string, unknown> = {}): Answer {
    return { code: this.code, msg: messages[this.code], sub_code: this.subCode, sub_msg: this.subMsg, ...fields };
  }
}

const businessTexts = {
  "ACQ.SYSTEM_ERROR": "系统错误",
  "ACQ.TRADE_NOT_EXIST": "交易不存在",
  "ACQ.TRADE_HAS_SUCCESS": "交易已被支付",
  "ACQ.TRADE_HAS_CLOSE": "交易已经关闭",
  "ACQ.TRADE_HAS_FINISHED": "交易已完结",
  "ACQ.TRADE_STATUS_ERROR": "交易状态不合法",
  "ACQ.CONTEXT_INCONSISTENT": "交易信息被篡改",
  "ACQ.TOTAL_FEE_EXCEED": "订单总金额不在允许范围内",
  "ACQ.REASON_TRADE_REFUND_FEE_ERR": "退款金额无效",
  "ACQ.DISCORDANT_REPEAT_REQUEST": "请求信息不一致",
  "ACQ.SELLER_BALANCE_NOT_ENOUGH": "卖家余额不足",
  "ACQ.TRADE_CANCEL_TIME_OUT": "超过撤销时间范围",
  "ACQ.CANCEL_NOT_ALLOWED": "当前状态不允许撤销",
} as const;

export function refused(subCode: keyof typeof businessTexts): Refusal {
  return new Refusal("40004", subCode, businessTexts[subCode]);
}

export function invalidParameter(detail: string): Refusal {
  return new Refusal("40004", "ACQ.INVALID_PARAMETER", `参数无效：${detail}`);
}

/** JSON as the gateway writes it: slashes escaped, so that whoever verifies a re-serialised text fails. */
function gatewayJson(answer: Answer): string {
  return JSON.stringify(answer).replaceAll("/", "\\/");
}

/** The whole answer; the signature covers exactly the text of the inner object. Unsigned when no app is known. */
export async function envelope(
  name: string,
  answer: Answer,
  charset: string,
  key: KeyObject | undefined,
): Promise<string> {
  const text = gatewayJson(answer);
  if (!key) return `{"${name}":${text}}`;
  return `{"${name}":${text},"sign":"${await rsa2Sign(text, charset, key)}"}`;
}
