import { invalidRequest, paramError } from "./wire-error.ts";

/** A JSON object of a request body, read field by field with the provider's own complaints. */
export class Parameters {
  readonly #values: Record<string, unknown>;
  readonly #path: string;

  constructor(values: Record<string, unknown>, path = "") {
    this.#values = values;
    this.#path = path;
  }

  /** The value as it stands, before it is checked. */
  peek(field: string): string | undefined {
    const value = this.#values[field];
    return typeof value === "string" ? value : undefined;
  }

  /** @param limit in characters. @throws WechatPayError PARAM_ERROR */
  optionalText(field: string, name: string, limit: number, pattern?: RegExp): string | undefined {
    const value = this.#values[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") throw this.#error(field, name, "类型校验失败，应为字符串", value);
    const length = [...value].length;
    if (length > limit)
      throw this.#error(field, name, `字符串规则校验失败，字符数 ${length}，大于最大值 ${limit}`, value);
    if (pattern && !pattern.test(value)) throw this.#error(field, name, "字符串规则校验失败，格式不符合要求", value);
    return value;
  }

  text(field: string, name: string, limit: number, pattern?: RegExp): string {
    const value = this.optionalText(field, name, limit, pattern);
    if (value === undefined || value === "") throw this.#error(field, name, "必填性规则校验失败，此字段为必填项");
    return value;
  }

  /** A positive amount in fen. */
  fen(field: string, name: string): number {
    const value = this.#values[field];
    if (value === undefined || value === null) throw this.#error(field, name, "必填性规则校验失败，此字段为必填项");
    if (typeof value !== "number" || !Number.isSafeInteger(value)) {
      throw this.#error(field, name, "类型校验失败，应为整数", value);
    }
    if (value < 1) throw this.#error(field, name, "数值规则校验失败，值低于最小值 1", value);
    if (value > 100_000_000_000) throw this.#error(field, name, "数值规则校验失败，值高于最大值", value);
    return value;
  }

  currency(): void {
    const value = this.optionalText("currency", "货币类型", 16);
    if (value !== undefined && value !== "CNY") throw this.#error("currency", "货币类型", "枚举规则校验失败", value);
  }

  /** A public address without parameters, as notifications are sent to. */
  notifyUrl(required: boolean): string | undefined {
    const value = required
      ? this.text("notify_url", "通知地址", 256)
      : this.optionalText("notify_url", "通知地址", 256);
    if (value === undefined) return undefined;
    if (!/^https?:\/\/[^\s?#]+$/.test(value) || !URL.canParse(value)) {
      throw this.#error("notify_url", "通知地址", "字符串规则校验失败，不是不带参数的完整 URL", value);
    }
    return value;
  }

  object(field: string, name: string): Parameters {
    const value = this.#values[field];
    if (value === undefined || value === null) throw this.#error(field, name, "必填性规则校验失败，此字段为必填项");
    if (!isRecord(value)) throw this.#error(field, name, "类型校验失败，应为对象", value);
    return new Parameters(value, `${this.#path}${field}/`);
  }

  /** The merchant number in a request must be the one that signed it. */
  ownMchid(mchid: string): void {
    if (this.text("mchid", "直连商户号", 32) !== mchid) throw invalidRequest("请求中的商户号与签名使用的商户号不一致");
  }

  #error(field: string, name: string, issue: string, value?: unknown) {
    return paramError("body", `${this.#path}${field}`, name, issue, value);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
