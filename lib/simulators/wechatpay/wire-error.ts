import type { ContentfulStatusCode } from "hono/utils/http-status";

/**
 * An answer `{code, message, detail}`. `internalCode` is the number that the provider puts at the end of `Request-ID`.
 */
export class WechatPayError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly detail: Record<string, unknown> | undefined;
  readonly internalCode: number;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    more: { detail?: Record<string, unknown>; internalCode?: number } = {},
  ) {
    super(message);
    this.name = "WechatPayError";
    this.status = status;
    this.code = code;
    this.detail = more.detail;
    this.internalCode = more.internalCode ?? 268_435_456;
  }
}

export const invalidRequest = (message: string, internalCode?: number) =>
  new WechatPayError(400, "INVALID_REQUEST", message, { internalCode });

export const signError = (message: string, detail?: Record<string, unknown>) =>
  new WechatPayError(401, "SIGN_ERROR", message, { detail, internalCode: 268_443_699 });

export const orderNotExist = () => new WechatPayError(404, "ORDER_NOT_EXIST", "订单不存在");
export const orderPaid = () => new WechatPayError(400, "ORDERPAID", "该订单已支付", { internalCode: 268_449_538 });
export const orderClosed = () => new WechatPayError(400, "ORDER_CLOSED", "订单已关闭");
export const systemError = () => new WechatPayError(500, "SYSTEM_ERROR", "系统异常，请稍后重试");

/** `location` is `body` or `query`; the message names the field's JSON pointer and its name in the documentation. */
export function paramError(location: "body" | "query", field: string, name: string, issue: string, value?: unknown) {
  return new WechatPayError(400, "PARAM_ERROR", `输入源“/${location}/${field}”映射到字段“${name}”${issue}`, {
    detail: { location, field: `/${location}/${field}`, value: value ?? "" },
  });
}
