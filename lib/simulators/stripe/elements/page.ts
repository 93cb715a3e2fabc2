import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { type Locale, locales } from "#lib/kernel/locale";
import { type Brand, cardRules } from "../card-rules.ts";
import { cardFrame, type FrameConfig } from "./card-frame.ts";
import { frameMessages } from "./messages.ts";
import { frameStyles } from "./styles.ts";

const brandNames: Record<Brand, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "Amex",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
  unknown: "",
};

/** The page with the card fields, for an iframe of the product's own pages and nobody else's. */
export function cardFramePage({ publicUrl }: { publicUrl: string }) {
  return (c: Context): Response => {
    const publishableKey = c.req.query("key") ?? "";
    const parentOrigin = originOf(c.req.query("origin") ?? "");
    if (!/^pk_test_\w+$/.test(publishableKey) || !parentOrigin) {
      return c.text("key and origin are required", 400);
    }
    const locale = locales.find((known) => known === c.req.query("locale")) ?? "en";
    const theme = c.req.query("theme") === "dark" ? "dark" : "light";
    const nonce = randomBytes(16).toString("base64");
    const messages = frameMessages[locale];
    const tokenUrl = "../v1/payment_methods";
    const config: FrameConfig = { publishableKey, parentOrigin, tokenUrl, messages, brandNames };
    return c.html(pageOf(config, { locale, theme, nonce }), 200, {
      "content-security-policy": [
        "default-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
        "connect-src 'self'",
        `frame-ancestors 'self' ${new URL(publicUrl).origin}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; "),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
  };
}

/** The origin that a text names, if it names just that. */
function originOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.origin === text ? url.origin : undefined;
}

function field(name: string, label: string, attributes: string, extra = ""): string {
  return `<div class="${name === "expiry" || name === "cvc" ? "half" : "wide"}">
<label for="${name}">${label}</label>
<div class="box"><input id="${name}" name="${name}" ${attributes} aria-describedby="${name}-error">${extra}</div>
<span class="error" id="${name}-error"></span>
</div>`;
}

function pageOf(config: FrameConfig, page: { locale: Locale; theme: string; nonce: string }): string {
  const { messages } = config;
  // `<` would let a value end the script element.
  const json = JSON.stringify(config).replaceAll("<", "\\u003c");
  const digits = 'inputmode="numeric" spellcheck="false" autocapitalize="off" required';
  return `<!doctype html>
<html lang="${page.locale}" data-theme="${page.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${messages.number}</title>
<style nonce="${page.nonce}">${frameStyles}</style>
</head>
<body>
<form novalidate>
${field("number", messages.number, `${digits} autocomplete="cc-number" placeholder="1234 1234 1234 1234"`, '<span class="brand" id="brand" aria-live="polite"></span>')}
${field("expiry", messages.expiry, `${digits} autocomplete="cc-exp" placeholder="${messages.expiryHint}"`)}
${field("cvc", messages.cvc, `${digits} autocomplete="cc-csc" placeholder="CVC"`)}
${field("name", messages.name, 'autocomplete="cc-name" spellcheck="false" maxlength="200" required')}
${field("postal", messages.postalCode, 'autocomplete="postal-code" maxlength="20"')}
<p class="note wide">${messages.testMode}</p>
<p class="unseen" id="announcer" role="alert" aria-live="assertive"></p>
<button hidden></button>
</form>
<script nonce="${page.nonce}">(${cardFrame})(${json}, (${cardRules})());</script>
</body>
</html>`;
}
