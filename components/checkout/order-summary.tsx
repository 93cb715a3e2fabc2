import type { CheckoutView } from "#lib/checkout/checkout-view";
import styles from "./page.module.css";
import { fill, type Texts } from "./texts.ts";

interface SummaryProps {
  readonly view: CheckoutView;
  readonly texts: Texts;
  /** On a phone the way to pay comes first, and the items when asked for. */
  readonly isPhone: boolean;
  /** Writes minor units of the order's currency. */
  readonly money: (minor: number) => string;
}

/** What is being paid: to whom, how much, what for. Rendered by the server alone. */
export function OrderSummary({ view, texts, isPhone, money }: SummaryProps) {
  const items = view.items ?? [];
  const amount = money(view.amount);
  return (
    <section className={styles.order} aria-labelledby="order-title">
      <h1 className={styles.merchant}>
        {view.merchant.logo ? (
          // biome-ignore lint/performance/noImgElement: a data URL
          <img src={view.merchant.logo} alt="" width={40} height={40} />
        ) : null}
        <span>{view.merchant.name}</span>
      </h1>
      <h2 className={styles.unseen} id="order-title">
        {texts.summary.heading}
      </h2>
      <p className={styles.amount}>
        <span className={styles.unseen}>{texts.summary.amount}: </span>
        <span className={lengthClass(amount)}>{amount}</span>{" "}
        {amount.includes(view.currency) ? null : <span className={styles.currency}>{view.currency}</span>}
      </p>
      <p className={styles.subject}>{view.subject}</p>
      <details className={styles.details} open={!isPhone}>
        <summary>{texts.summary.details}</summary>
        {view.description ? <p className={styles.description}>{view.description}</p> : null}
        {items.length > 0 ? (
          <ul className={styles.items}>
            {items.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: items have no name of their own, and never change
              <li key={index}>
                <span className={styles.itemName}>
                  {item.name}
                  {item.quantity > 1 ? (
                    <span className={styles.quantity}>
                      {fill(texts.summary.quantity, { count: item.quantity, price: money(item.unit_amount) })}
                    </span>
                  ) : null}
                </span>
                <span className={styles.itemAmount}>{money(item.unit_amount * item.quantity)}</span>
              </li>
            ))}
            <li className={styles.total}>
              <span className={styles.itemName}>{texts.summary.total}</span>
              <span className={styles.itemAmount}>{amount}</span>
            </li>
          </ul>
        ) : null}
        <p className={styles.number}>
          {texts.summary.orderNo} <span>{view.merchant_order_no}</span>
        </p>
      </details>
    </section>
  );
}

/** A huge amount stays on one line of a phone. */
function lengthClass(amount: string): string | undefined {
  return amount.length > 16 ? styles.tiny : amount.length > 11 ? styles.small : undefined;
}
