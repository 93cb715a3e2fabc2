export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];

const en = {
  shop: "Teahouse on the Corner",
  name: "Longjing green tea",
  about: "Spring harvest from Hangzhou, 100 g in a paper tin.",
  pay: "Buy for {amount}",
  safe: "You pay on a page of the payment platform. This shop never sees your card.",
  refused: "The order could not be created: {reason} You have not been charged.",
  again: "Back to the shop",
  waitingTitle: "Waiting for your payment",
  waitingText: "As soon as the payment platform tells us, this page shows it.",
  toCheckout: "Go on paying",
  paidTitle: "Paid, thank you",
  paidText: "Your tea leaves the shop tomorrow morning.",
  closedTitle: "The order is closed",
  closedText: "It was not paid in time. You have not been charged.",
  number: "Order number",
  amount: "Amount",
  told: "Told by webhook",
  missing: "There is no such order.",
};

const zh: typeof en = {
  shop: "街角茶铺",
  name: "明前龙井",
  about: "杭州春茶，纸罐装 100 克。",
  pay: "立即购买 {amount}",
  safe: "付款在支付平台的页面上完成，本店不会接触您的银行卡信息。",
  refused: "订单未能创建：{reason}您没有被扣款。",
  again: "返回店铺",
  waitingTitle: "等待付款",
  waitingText: "支付平台通知本店后，本页会立即更新。",
  toCheckout: "继续付款",
  paidTitle: "付款成功，谢谢惠顾",
  paidText: "茶叶将于明早发出。",
  closedTitle: "订单已关闭",
  closedText: "订单超时未付款，您没有被扣款。",
  number: "订单号",
  amount: "金额",
  told: "Webhook 通知",
  missing: "没有这个订单。",
};

export const textsOf: Readonly<Record<Language, typeof en>> = { en, "zh-CN": zh };

/** Chinese where the browser prefers it, English otherwise. */
export function languageOf(chosen: string | null, acceptLanguage: string | undefined): Language {
  const known = languages.find((language) => language === chosen);
  return known ?? (/^\s*zh\b/i.test(acceptLanguage ?? "") ? "zh-CN" : "en");
}

export function moneyText(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
