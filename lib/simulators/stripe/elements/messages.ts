import type { Locale } from "#lib/kernel/locale";

export interface FrameMessages {
  readonly number: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly cvc: string;
  readonly name: string;
  readonly postalCode: string;
  readonly testMode: string;
  readonly numberMissing: string;
  readonly numberInvalid: string;
  readonly expiryInvalid: string;
  readonly cardExpired: string;
  /** `{digits}` is 3 or 4. */
  readonly cvcInvalid: string;
  readonly nameMissing: string;
  readonly notATestCard: string;
  readonly unavailable: string;
}

export const frameMessages: Readonly<Record<Locale, FrameMessages>> = {
  en: {
    number: "Card number",
    expiry: "Expiry date",
    expiryHint: "MM / YY",
    cvc: "Security code",
    name: "Name on card",
    postalCode: "Postal code (optional)",
    testMode: "Test mode: use a test card, not a real one.",
    numberMissing: "Enter the card number.",
    numberInvalid: "This card number is not right. Check the digits.",
    expiryInvalid: "Enter the expiry date as MM / YY.",
    cardExpired: "This card has expired. Use another card.",
    cvcInvalid: "Enter the {digits} digits of the security code.",
    nameMissing: "Enter the name as it is on the card.",
    notATestCard: "Test mode takes test cards only. Your card has not been charged.",
    unavailable: "The card could not be checked. You have not been charged. Try again in a moment.",
  },
  "zh-CN": {
    number: "卡号",
    expiry: "有效期",
    expiryHint: "月 / 年",
    cvc: "安全码",
    name: "持卡人姓名",
    postalCode: "邮政编码（选填）",
    testMode: "测试模式：请使用测试卡，不要输入真实卡号。",
    numberMissing: "请输入卡号。",
    numberInvalid: "卡号有误，请核对。",
    expiryInvalid: "请按“月 / 年”输入有效期。",
    cardExpired: "此卡已过期，请换一张卡。",
    cvcInvalid: "请输入 {digits} 位安全码。",
    nameMissing: "请输入卡面上的姓名。",
    notATestCard: "测试模式只接受测试卡。未发生扣款。",
    unavailable: "暂时无法验证此卡，未发生扣款，请稍后重试。",
  },
  "zh-TW": {
    number: "卡號",
    expiry: "有效期限",
    expiryHint: "月 / 年",
    cvc: "安全碼",
    name: "持卡人姓名",
    postalCode: "郵遞區號（選填）",
    testMode: "測試模式：請使用測試卡，勿輸入真實卡號。",
    numberMissing: "請輸入卡號。",
    numberInvalid: "卡號有誤，請確認。",
    expiryInvalid: "請依「月 / 年」輸入有效期限。",
    cardExpired: "此卡已過期，請換一張卡。",
    cvcInvalid: "請輸入 {digits} 位安全碼。",
    nameMissing: "請輸入卡面上的姓名。",
    notATestCard: "測試模式僅接受測試卡。並未扣款。",
    unavailable: "暫時無法驗證此卡，並未扣款，請稍後再試。",
  },
};
