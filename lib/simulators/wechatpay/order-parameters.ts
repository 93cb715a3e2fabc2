import { createHash } from "node:crypto";
import type { Account } from "./accounts.ts";
import type { Parameters } from "./parameters.ts";
import { paramError, WechatPayError } from "./wire-error.ts";
import { parseRfc3339 } from "./wire-time.ts";

export const products = { native: "NATIVE", jsapi: "JSAPI", h5: "MWEB", app: "APP" } as const;
export type Product = keyof typeof products;

export interface OrderParameters {
  readonly appid: string;
  readonly outTradeNo: string;
  readonly description: string;
  readonly attach: string | undefined;
  readonly notifyUrl: string;
  readonly openid: string | undefined;
  readonly total: number;
  readonly timeExpire: Date | undefined;
  /** Equal for two requests that place the same order. */
  readonly digest: string;
}

/** @throws WechatPayError as the provider would refuse the order */
export function readOrderParameters(body: Parameters, product: Product, account: Account): OrderParameters {
  const appid = body.text("appid", "公众号ID", 32);
  body.ownMchid(account.mchid);
  if (appid !== account.appid) throw new WechatPayError(400, "APPID_MCHID_NOT_MATCH", "商户号和appid没有绑定关系");
  const description = body.text("description", "商品描述", 127);
  const outTradeNo = body.text("out_trade_no", "商户订单号", 32, /^[0-9A-Za-z_\-|*]{6,32}$/);
  const attach = body.optionalText("attach", "附加数据", 128);
  const notifyUrl = body.notifyUrl(true) ?? "";
  const goodsTag = body.optionalText("goods_tag", "订单优惠标记", 32);
  const amount = body.object("amount", "订单金额");
  const total = amount.fen("total", "总金额");
  amount.currency();
  const openid =
    product === "jsapi" ? body.object("payer", "支付者").text("openid", "用户标识", 128, /^[\w-]+$/) : undefined;
  if (product === "h5") readH5Scene(body);
  const timeExpire = readTimeExpire(body);
  const identity = [appid, outTradeNo, description, attach, notifyUrl, goodsTag, total, openid, timeExpire?.getTime()];
  return {
    appid,
    outTradeNo,
    description,
    attach,
    notifyUrl,
    openid,
    total,
    timeExpire,
    digest: createHash("sha256").update(JSON.stringify(identity)).digest("base64"),
  };
}

function readH5Scene(body: Parameters): void {
  const scene = body.object("scene_info", "场景信息");
  scene.text("payer_client_ip", "用户终端IP", 45, /^[0-9a-fA-F.:]+$/);
  scene.object("h5_info", "H5场景信息").text("type", "场景类型", 32);
}

function readTimeExpire(body: Parameters): Date | undefined {
  const text = body.optionalText("time_expire", "交易结束时间", 64);
  if (text === undefined) return undefined;
  const at = parseRfc3339(text);
  if (!at) throw paramError("body", "time_expire", "交易结束时间", "时间规则校验失败，应为 RFC 3339 格式", text);
  return at;
}
