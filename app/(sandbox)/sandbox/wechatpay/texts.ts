import { negotiateLocale } from "#lib/kernel/locale";

const en = {
  wallet: "WeChat Pay",
  sandbox: "Test wallet. No real money moves.",
  pasteTitle: "Scan a payment code",
  pasteLabel: "Code content",
  pasteHint: "Paste what the QR code says, such as weixin://wxpay/bizpayurl?pr=…",
  open: "Open",
  loading: "Opening the payment…",
  payTo: "Pay to",
  pay: "Pay",
  paySlowly: "Pay after 5 seconds",
  cancel: "Cancel",
  fail: "Let it fail",
  failReason: "Reason for failing",
  paying: "Confirming the payment…",
  paid: "Paid",
  transaction: "Transaction number",
  closed: "This order is closed. It can no longer be paid.",
  expired: "This payment has expired. Ask the merchant for a new one.",
  canceled: "You canceled. You have not been charged.",
  failed: "The payment failed. You have not been charged.",
  tryAgain: "Try again",
  back: "Back to the merchant",
  unknown_code: "No payment belongs to this code. Check that it is complete.",
  bad_signature: "The merchant's signature for this payment is wrong, so it can't be opened.",
  bad_request: "The link is incomplete.",
  unreachable: "The wallet can't be reached. Try again in a moment.",
  reasons: {
    insufficient_funds: "Balance too low",
    card_declined: "Bank declined",
    limit_exceeded: "Over the bank's limit",
    authentication_failed: "Wrong payment password",
    card_expired: "Card expired",
    suspected_fraud: "Held by risk control",
  },
};

export type Texts = typeof en;
export type FailReason = keyof Texts["reasons"];

const zhCN: Texts = {
  wallet: "微信支付",
  sandbox: "测试钱包，不会产生真实扣款。",
  pasteTitle: "扫描付款码",
  pasteLabel: "二维码内容",
  pasteHint: "粘贴二维码中的内容，例如 weixin://wxpay/bizpayurl?pr=…",
  open: "打开",
  loading: "正在打开付款…",
  payTo: "付款给",
  pay: "支付",
  paySlowly: "5 秒后支付",
  cancel: "取消",
  fail: "模拟失败",
  failReason: "失败原因",
  paying: "正在确认支付…",
  paid: "支付成功",
  transaction: "交易单号",
  closed: "订单已关闭，无法继续支付。",
  expired: "付款已过期，请商家重新发起。",
  canceled: "已取消，未扣款。",
  failed: "支付失败，未扣款。",
  tryAgain: "重新支付",
  back: "返回商家",
  unknown_code: "找不到与此内容对应的付款，请检查是否完整。",
  bad_signature: "商家的支付签名有误，无法打开付款。",
  bad_request: "链接不完整。",
  unreachable: "暂时无法连接钱包，请稍后再试。",
  reasons: {
    insufficient_funds: "余额不足",
    card_declined: "银行拒绝",
    limit_exceeded: "超出银行限额",
    authentication_failed: "支付密码错误",
    card_expired: "银行卡已过期",
    suspected_fraud: "被风控拦截",
  },
};

export type SandboxLocale = "en" | "zh-CN";

export const textsOf: Record<SandboxLocale, Texts> = { en, "zh-CN": zhCN };

/** `?lang=` first, then the browser's wish; every Chinese is answered in simplified characters. */
export function sandboxLocale(lang: string | undefined, acceptLanguage: string | null): SandboxLocale {
  return negotiateLocale(lang ?? acceptLanguage) === "en" ? "en" : "zh-CN";
}

/** 8800 as ¥88.00. */
export function formatFen(fen: number): string {
  const digits = String(fen).padStart(3, "0");
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `¥${whole}.${digits.slice(-2)}`;
}
