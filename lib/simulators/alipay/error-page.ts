import type { Refusal } from "./answers.ts";

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const texts = {
  zh: {
    title: "支付宝沙箱",
    lead: "支付请求未被受理",
    advice: "请回到请求来源地，重新发起请求。",
    code: "错误代码",
    cause: "错误原因",
  },
  en: {
    title: "Alipay sandbox",
    lead: "The payment request was not accepted",
    advice: "Go back to where you came from and start again. You have not been charged.",
    code: "Error code",
    cause: "Cause",
  },
} as const;

/** What a shopper sees whose browser brought a request that the gateway refuses. */
export function errorPage(refusal: Refusal, acceptLanguage: string): string {
  const language = /^\s*zh\b/i.test(acceptLanguage) ? "zh" : "en";
  const text = texts[language];
  return `<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-width: 34rem; margin: 12vh auto 0; padding: 0 1rem; }
dt { opacity: .7; } dd { margin: 0 0 .75rem; overflow-wrap: anywhere; }
</style>
</head>
<body>
<p>${text.title}</p>
<h1>${text.lead}</h1>
<p>${text.advice}</p>
<dl><dt>${text.code}</dt><dd>${escaped(refusal.subCode)}</dd><dt>${text.cause}</dt><dd>${escaped(refusal.subMsg)}</dd></dl>
</body>
</html>
`;
}
