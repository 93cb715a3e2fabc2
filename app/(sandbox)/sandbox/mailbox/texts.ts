import type { Locale } from "#lib/kernel/locale";

interface Texts {
  readonly title: string;
  readonly notice: string;
  readonly to: string;
  readonly show: string;
  readonly none: string;
}

export const mailboxTexts: Readonly<Record<Locale, Texts>> = {
  en: {
    title: "Mailbox",
    notice: "Sandbox. No mail server is set up, so mail of this installation ends here, for everybody to read.",
    to: "Recipient",
    show: "Show",
    none: "No mail yet.",
  },
  "zh-CN": {
    title: "邮箱",
    notice: "沙箱环境。未配置邮件服务器，本系统发出的邮件都在这里，任何人可见。",
    to: "收件人",
    show: "查看",
    none: "暂无邮件。",
  },
  "zh-TW": {
    title: "信箱",
    notice: "沙箱環境。未設定郵件伺服器，本系統發出的郵件都在這裡，任何人可見。",
    to: "收件人",
    show: "查看",
    none: "暫無郵件。",
  },
};
