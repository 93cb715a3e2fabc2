import { randomBytes } from "node:crypto";
import { env } from "#lib/kernel/env";

/** Stripe.js must come from Stripe itself (their integration rules); it puts the fields into frames of Stripe's origin. */
const stripeScript = "https://js.stripe.com/v3/";

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' https://js.stripe.com`,
    `style-src 'nonce-${nonce}'`,
    "connect-src https://api.stripe.com",
    "frame-src https://js.stripe.com https://hooks.stripe.com",
    "img-src https://*.stripe.com",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

const style = `
html { color-scheme: light dark; }
body { margin: 0; padding: 12px; font: 16px/1.4 system-ui, sans-serif; }
#problem { margin: 8px 0 0; min-height: 1.4em; font-size: 14px; color: #c02b2b; }
[data-theme="dark"] #problem { color: #ff8080; }`;

/** What runs in the frame: Stripe's card field, spoken with like every provider's card page (components/checkout). */
const script = `
const page = JSON.parse(document.getElementById("page").textContent);
const problem = document.getElementById("problem");
const tell = (message) => window.parent.postMessage(message, page.origin);
const stripe = window.Stripe(page.key, { locale: page.locale });
const ink = page.theme === "dark" ? "#f0f2f5" : "#161b26";
const card = stripe.elements().create("card", { hidePostalCode: true, style: { base: { fontSize: "16px", color: ink } } });
card.mount("#card");
card.on("ready", () => { tell({ type: "ready" }); tell({ type: "height", height: document.documentElement.scrollHeight }); });
card.on("change", (event) => {
  problem.textContent = event.error ? event.error.message : "";
  tell({ type: "change", complete: event.complete, brand: event.brand });
  tell({ type: "height", height: document.documentElement.scrollHeight });
});
window.addEventListener("message", async (event) => {
  if (event.source !== window.parent || event.origin !== page.origin || !event.data || event.data.type !== "tokenize") return;
  const { error, paymentMethod } = await stripe.createPaymentMethod({ type: "card", card });
  if (error) {
    problem.textContent = error.message;
    tell({ type: "error", message: error.message });
  } else tell({ type: "token", token: paymentMethod.id, brand: paymentMethod.card.brand, last4: paymentMethod.card.last4 });
});`;

/** Ends no script element early, whatever stands in the address. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/**
 * The isolated page that takes a card for a real Stripe account: the only page of ours that loads anything from a third
 * party, in a frame of its own, so that the checkout around it stays without.
 */
export function GET(request: Request): Response {
  const query = new URL(request.url).searchParams;
  const key = query.get("key") ?? "";
  if (!/^pk_(test|live)_\w{1,200}$/.test(key)) return new Response("There is no such page.", { status: 404 });
  const theme = query.get("theme") === "dark" ? "dark" : "light";
  const locale = { "zh-CN": "zh", "zh-TW": "zh-TW" }[query.get("locale") ?? ""] ?? "en";
  const page = { key, theme, locale, origin: new URL(env.publicUrl).origin };
  const nonce = randomBytes(16).toString("base64");
  const html = `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Card</title>
<style nonce="${nonce}">${style}</style>
<div id="card"></div><p id="problem" role="alert"></p>
<script id="page" type="application/json" nonce="${nonce}">${inScript(page)}</script>
<script nonce="${nonce}" src="${stripeScript}"></script>
<script nonce="${nonce}">${script}</script>
</html>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy(nonce),
      "referrer-policy": "strict-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
