import type { ShopOrder } from "./orders.ts";
import { type Language, languages, moneyText, textsOf } from "./texts.ts";

export const product = { amount: 8800, currency: "CNY" } as const;

const styles = `
:root { color-scheme: light dark; --ground: #f6f4ee; --paper: #fff; --ink: #20261f; --soft: #5c655a; --leaf: #1f6b3d; --on: #fff; --line: #dcd8cb }
@media (prefers-color-scheme: dark) { :root { --ground: #151814; --paper: #1e221d; --ink: #eceee8; --soft: #a9b1a5; --leaf: #7cc795; --on: #10210f; --line: #363c34 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif }
header, main { width: min(720px, 100%); margin-inline: auto; padding: 16px 20px }
header { display: flex; align-items: center; justify-content: space-between }
header a { display: inline-block; padding: 8px 0; color: var(--ink); text-decoration: none }
header nav a { margin-inline-start: 16px; color: var(--soft) }
header nav a[aria-current] { color: var(--ink); font-weight: 600 }
main > section { display: grid; gap: 24px; padding: 28px 24px; border: 1px solid var(--line); border-radius: 12px; background: var(--paper) }
h1 { margin: 0 0 6px; font-size: 26px; line-height: 1.25 }
p { margin: 0; color: var(--soft) }
.picture { display: block; width: 100%; max-height: 240px; border-radius: 8px; background: #e8efe2 }
.button { display: block; width: 100%; min-height: 48px; padding: 11px 20px; border: 0; border-radius: 8px; background: var(--leaf); color: var(--on); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
a { color: var(--leaf) }
:focus-visible { outline: 2px solid var(--leaf); outline-offset: 2px }
.small { font-size: 14px }
dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 20px; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
@media (min-width: 640px) { .product { grid-template-columns: 1fr 1fr; align-items: center } }`;

const picture = `<svg class="picture" viewBox="0 0 320 240" aria-hidden="true"><path d="M104 92h112v84a22 22 0 0 1-22 22h-68a22 22 0 0 1-22-22z" fill="#fff" stroke="#1f6b3d" stroke-width="5"/><path d="M216 110h14a20 20 0 0 1 0 48h-14" fill="none" stroke="#1f6b3d" stroke-width="5"/><path d="M160 120c22 8 26 30 0 52-26-22-22-44 0-52zm0 0v52" fill="#cfe3c4" stroke="#1f6b3d" stroke-width="4"/><path d="M136 74q-10-14 0-26m24 26q-10-14 0-26m24 26q-10-14 0-26" fill="none" stroke="#8fae86" stroke-width="5" stroke-linecap="round"/></svg>`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for a page: nothing in it is read as markup. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function page(language: Language, path: string, title: string, body: string): string {
  const texts = textsOf[language];
  const switches = languages.map(
    (each) =>
      `<a href="${path}?lang=${each}" lang="${each}"${each === language ? ' aria-current="true"' : ""}>${each === "en" ? "English" : "中文"}</a>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · ${texts.shop}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<header><a href="/?lang=${language}"><strong>${texts.shop}</strong></a><nav>${switches.join("")}</nav></header>
<main><section${path === "/" ? ' class="product"' : ""}>${body}</section></main>
</body>
</html>`;
}

export function productPage(language: Language): string {
  const texts = textsOf[language];
  const amount = moneyText(product.amount, product.currency, language);
  return page(
    language,
    "/",
    texts.name,
    `${picture}
<div>
<h1>${texts.name}</h1>
<p>${texts.about}</p>
<form method="post" action="/buy?lang=${language}" style="margin-block: 24px 12px"><button class="button">${texts.pay.replace("{amount}", amount)}</button></form>
<p class="small">${texts.safe}</p>
</div>`,
  );
}

// Asks the shop, not the platform: the webhook is what settles an order.
const watch = `<script>
const timer = setInterval(async () => {
  const answer = await fetch(location.pathname + "/state").catch(() => undefined);
  if (answer?.ok && (await answer.text()) !== "waiting") { clearInterval(timer); location.reload(); }
}, 700);
</script>`;

export function orderPage(order: ShopOrder, language: Language): string {
  const texts = textsOf[language];
  const facts = [
    [texts.number, order.number],
    [texts.amount, moneyText(order.amount, order.currency, language)],
    ...(order.eventId ? [[texts.told, order.eventId]] : []),
  ].map(([name = "", value = ""]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`);
  const next =
    order.state === "waiting"
      ? `<a class="button" href="${escaped(order.checkoutUrl ?? "/")}">${texts.toCheckout}</a>${watch}`
      : `<a href="/?lang=${language}">${texts.again}</a>`;
  return page(
    language,
    `/orders/${order.number}`,
    texts[`${order.state}Title`],
    `<div role="status"><h1>${texts[`${order.state}Title`]}</h1><p>${texts[`${order.state}Text`]}</p></div><dl>${facts.join("")}</dl>${next}`,
  );
}

export function messagePage(language: Language, message: string): string {
  const texts = textsOf[language];
  return page(
    language,
    "/",
    texts.shop,
    `<p role="alert">${escaped(message)}</p><a href="/?lang=${language}">${texts.again}</a>`,
  );
}
