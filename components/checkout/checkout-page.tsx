import type { CheckoutView } from "#lib/checkout/checkout-view";
import { textOn } from "#lib/design/contrast";
import { formatMinor } from "./amount.ts";
import { OrderSummary } from "./order-summary.tsx";
import styles from "./page.module.css";
import { Payment, type PaymentProps } from "./payment.tsx";
import { phaseOf } from "./phase.ts";
import { fill, type Texts } from "./texts.ts";

interface CheckoutPageProps {
  readonly view: CheckoutView;
  readonly texts: Texts;
  readonly locale: string;
  /** Digits after the decimal point of the order's currency. */
  readonly exponent: number;
  readonly isPhone: boolean;
  readonly nonce: string | undefined;
  readonly languages: readonly { locale: string; name: string; href: string; isCurrent: boolean }[];
  readonly payment: Omit<PaymentProps, "view" | "amount" | "exponent">;
}

/** The whole checkout: what am I paying, how do I pay. */
export function CheckoutPage({ view, texts, locale, exponent, isPhone, nonce, languages, payment }: CheckoutPageProps) {
  const money = (minor: number) => formatMinor(minor, view.currency, exponent, locale);
  return (
    <div className={styles.page}>
      <MerchantColour colour={view.merchant.color} nonce={nonce} />
      {isWaiting(view, payment.cameBackFrom) ? (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      ) : null}
      {view.livemode ? null : <header className={styles.ribbon}>{texts.testMode}</header>}
      <main className={styles.columns}>
        <OrderSummary view={view} texts={texts} isPhone={isPhone} money={money} />
        <div className={styles.surface}>
          <Payment {...payment} view={view} amount={money(view.amount)} exponent={exponent} />
        </div>
      </main>
      <footer className={styles.footer}>
        <Support merchant={view.merchant} texts={texts} />
        <p>{texts.poweredBy}</p>
        <nav aria-label={texts.language}>
          <ul>
            {languages.map((language) => (
              <li key={language.locale}>
                <a
                  href={language.href}
                  lang={language.locale}
                  hrefLang={language.locale}
                  aria-current={language.isCurrent ? "true" : undefined}
                >
                  {language.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </footer>
    </div>
  );
}

/** Something will happen by itself: a browser without scripts has to ask again to hear of it. */
function isWaiting(view: CheckoutView, cameBackFrom: string | undefined): boolean {
  const { kind } = phaseOf(view, cameBackFrom);
  return kind === "scan" || kind === "returned" || kind === "checking";
}

/** Whom to ask about the order. */
function Support({ merchant, texts }: { merchant: CheckoutView["merchant"]; texts: Texts }) {
  const { support_email: email, support_phone: phone } = merchant;
  if (!email && !phone) return null;
  return (
    <p className={styles.support}>
      {fill(texts.support, { merchant: merchant.name })} {email ? <a href={`mailto:${email}`}>{email}</a> : null}{" "}
      {phone ? <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a> : null}
    </p>
  );
}

/** On the page's own ground the merchant's colour is used for nothing but buttons; their text is what reads well on it. */
function MerchantColour({ colour, nonce }: { colour: string | null; nonce: string | undefined }) {
  if (!colour || !/^#[0-9a-f]{6}$/i.test(colour)) return null;
  return <style nonce={nonce}>{`:root{--accent:${colour};--on-accent:${textOn(colour)}}`}</style>;
}
