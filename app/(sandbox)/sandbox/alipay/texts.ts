export type Language = "en" | "zh-CN";

const failureReasons = [
  "insufficient_funds",
  "limit_exceeded",
  "suspected_fraud",
  "method_unavailable",
  "authentication_failed",
  "rejected_by_provider",
] as const;
export type FailureReason = (typeof failureReasons)[number];

export interface Texts {
  readonly brand: string;
  readonly sandbox: string;
  readonly payTo: string;
  readonly order: string;
  readonly tradeNo: string;
  readonly pay: string;
  readonly paySlowly: string;
  readonly cancel: string;
  readonly fail: string;
  readonly failWith: string;
  readonly loading: string;
  readonly paying: string;
  readonly notFound: string;
  readonly broken: string;
  readonly canceled: string;
  readonly back: string;
  readonly backSoon: string;
  readonly backWithoutPaying: string;
  readonly refunded: string;
  readonly codeLabel: string;
  readonly codeHelp: string;
  readonly open: string;
  readonly states: {
    readonly TRADE_SUCCESS: string;
    readonly TRADE_CLOSED: string;
    readonly TRADE_FINISHED: string;
    readonly CODE_EXPIRED: string;
    readonly CALLED_OFF: string;
  };
  readonly reasons: Readonly<Record<FailureReason, string>>;
  /** What the wallet says for the provider's codes. */
  readonly failures: Readonly<Record<string, string>>;
}

const en: Texts = {
  brand: "Alipay",
  sandbox: "Sandbox wallet. No real money moves.",
  payTo: "Pay to",
  order: "Merchant order",
  tradeNo: "Trade number",
  pay: "Pay",
  paySlowly: "Pay after 5 seconds",
  cancel: "Cancel",
  fail: "Let it fail",
  failWith: "Reason",
  loading: "Opening",
  paying: "Paying. This takes a few seconds.",
  notFound: "There is nothing to pay under this code.",
  broken: "The wallet could not be reached. Nothing was paid; try again.",
  canceled: "You cancelled. Nothing was paid, and the order can still be paid.",
  back: "Back to the merchant",
  backSoon: "You go back to the merchant in 3 seconds.",
  backWithoutPaying: "Back to the merchant without paying",
  refunded: "Refunded",
  codeLabel: "Content of the QR code",
  codeHelp: "Paste the address that the QR code holds; it begins with https://qr.alipay.com/",
  open: "Open",
  states: {
    TRADE_SUCCESS: "Paid",
    TRADE_CLOSED: "This trade is closed.",
    TRADE_FINISHED: "This trade is finished.",
    CODE_EXPIRED: "This code has expired. Ask the merchant for a new one.",
    CALLED_OFF: "The merchant called this payment off.",
  },
  reasons: {
    insufficient_funds: "Balance too low",
    limit_exceeded: "Daily limit reached",
    suspected_fraud: "Stopped by risk control",
    method_unavailable: "No way to pay available",
    authentication_failed: "Identity not verified",
    rejected_by_provider: "Payment failed",
  },
  failures: {
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": "Your balance is too low. Nothing was paid.",
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": "Your daily limit is reached. Nothing was paid.",
    "ACQ.PAYMENT_REQUEST_HAS_RISK": "Risk control stopped this payment. Nothing was paid.",
    "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE": "You have no way to pay this. Nothing was paid.",
    "ACQ.NOT_CERTIFIED_USER": "Your identity is not verified. Nothing was paid.",
    "ACQ.PAYMENT_FAIL": "The payment failed. Nothing was paid.",
  },
};

const zh: Texts = {
  brand: "支付宝",
  sandbox: "沙箱钱包，不会动用真实资金。",
  payTo: "付款给",
  order: "商户订单号",
  tradeNo: "交易号",
  pay: "付款",
  paySlowly: "5 秒后付款",
  cancel: "取消",
  fail: "模拟失败",
  failWith: "失败原因",
  loading: "正在打开",
  paying: "正在付款，需要几秒钟。",
  notFound: "没有找到这个码对应的付款。",
  broken: "暂时连不上钱包，没有扣款，请重试。",
  canceled: "已取消，没有扣款，订单仍可继续支付。",
  back: "返回商户",
  backSoon: "3 秒后返回商户。",
  backWithoutPaying: "不付款，返回商户",
  refunded: "已退款",
  codeLabel: "二维码内容",
  codeHelp: "粘贴二维码里的链接，以 https://qr.alipay.com/ 开头",
  open: "打开",
  states: {
    TRADE_SUCCESS: "支付成功",
    TRADE_CLOSED: "交易已关闭。",
    TRADE_FINISHED: "交易已完结。",
    CODE_EXPIRED: "二维码已失效，请商户重新生成。",
    CALLED_OFF: "商户已撤销这笔付款。",
  },
  reasons: {
    insufficient_funds: "余额不足",
    limit_exceeded: "超出当日限额",
    suspected_fraud: "被风控拦截",
    method_unavailable: "没有可用的付款方式",
    authentication_failed: "未实名认证",
    rejected_by_provider: "支付失败",
  },
  failures: {
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": "余额不足，没有扣款。",
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": "已超出当日限额，没有扣款。",
    "ACQ.PAYMENT_REQUEST_HAS_RISK": "这笔付款被风控拦截，没有扣款。",
    "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE": "没有可用的付款方式，没有扣款。",
    "ACQ.NOT_CERTIFIED_USER": "账户未实名认证，没有扣款。",
    "ACQ.PAYMENT_FAIL": "支付失败，没有扣款。",
  },
};

export const texts: Readonly<Record<Language, Texts>> = { en, "zh-CN": zh };
