"use client";

import { useEffect, useState } from "react";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import type { Locale } from "#lib/kernel/locale";
import { type BrandingDraft, isDraftMessage, readyMessage } from "./branding-draft.ts";
import { CheckoutPage } from "./checkout-page.tsx";
import { LanguageProvider } from "./language.tsx";
import type { Texts } from "./texts.ts";

interface Props {
  readonly catalogues: Readonly<Record<Locale, Texts>>;
  readonly names: Readonly<Record<Locale, string>>;
}

/**
 * The checkout itself, for an order that does not exist. It shows only what the page around it says, which can only be one of
 * ours: nobody can make it show a text of his own by an address.
 */
export function BrandingPreview({ catalogues, names }: Props) {
  const [draft, setDraft] = useState<BrandingDraft>();
  useEffect(() => {
    const hear = (event: MessageEvent) => {
      if (event.origin !== location.origin || event.source !== window.parent) return;
      if (isDraftMessage(event.data)) setDraft(event.data.draft);
    };
    window.addEventListener("message", hear);
    window.parent.postMessage(readyMessage, location.origin);
    return () => window.removeEventListener("message", hear);
  }, []);
  if (!draft) return null;
  const isKnown = (name: string): name is Locale => Object.hasOwn(catalogues, name);
  const locale = isKnown(draft.locale) ? draft.locale : "en";
  const texts = catalogues[locale];
  return (
    <div lang={locale} inert>
      <LanguageProvider value={{ locale, texts }}>
        <CheckoutPage
          key={locale}
          view={viewOf(draft)}
          texts={texts}
          locale={locale}
          exponent={2}
          isPhone={draft.isPhone}
          nonce={undefined}
          languages={draft.languages.filter(isKnown).map((name) => ({
            locale: name,
            name: names[name],
            href: "#",
            isCurrent: name === locale,
          }))}
          payment={{ isPicture: true }}
        />
      </LanguageProvider>
    </div>
  );
}

const minutesMs = 60_000;

function viewOf(draft: BrandingDraft): CheckoutView {
  const now = Date.now();
  return {
    object: "checkout",
    order: "preview",
    livemode: true,
    status: "pending",
    amount_refunded: 0,
    amount: 8_800,
    currency: "CNY",
    subject: draft.subject,
    description: null,
    items: null,
    merchant_order_no: "SO-20260301-0042",
    merchant: {
      name: draft.name,
      logo: draft.logo,
      color: draft.color,
      support_email: draft.supportEmail,
      support_phone: draft.supportPhone,
      languages: draft.languages as CheckoutView["merchant"]["languages"],
    },
    expires_at: new Date(now + 25 * minutesMs).toISOString(),
    server_time: new Date(now).toISOString(),
    paid_at: null,
    return_url: null,
    accepts_payments: true,
    maintenance: [],
    methods: [
      { method: "wechat_pay", flow: draft.isPhone ? "redirect" : "qr" },
      { method: "alipay", flow: draft.isPhone ? "redirect" : "qr" },
      { method: "card", flow: "card_fields" },
    ],
    attempt: null,
  };
}
