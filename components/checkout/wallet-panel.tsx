import { useEffect, useState } from "react";
import type { CheckoutAttempt } from "#lib/checkout/checkout-view";
import { useLanguage } from "./language.tsx";
import { testWalletAddress } from "./offers.ts";
import styles from "./payment.module.css";
import { appName, fill } from "./texts.ts";
import type { Checkout } from "./use-checkout.ts";
import { openWallet, walletIsHere } from "./wallet-bridge.ts";

interface WalletProps {
  readonly attempt: CheckoutAttempt;
  readonly checkout: Checkout;
  readonly amount: string;
}

/** Hands over to the wallet around the page; where there is none, says what to do. */
export function WalletPanel({ attempt, checkout, amount }: WalletProps) {
  const { locale, texts } = useLanguage();
  const { order, livemode } = checkout.view;
  const app = appName(texts, attempt.method);
  const [isHere, setHere] = useState(true);
  const { id, method, action } = attempt;
  const parameters = (action?.parameters ?? {}) as Record<string, string>;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once an attempt, whatever else changes
  useEffect(() => {
    const isInside = walletIsHere(method);
    setHere(isInside);
    if (isInside) openWallet(method, parameters, checkout.refresh);
  }, [id]);

  const testWallet = livemode
    ? undefined
    : testWalletAddress(method, action ?? {}, { path: `/pay/${order}?attempt=${id}`, locale });
  return (
    <div className={styles.action}>
      {isHere ? (
        <button
          className={styles.primary}
          type="button"
          onClick={() => openWallet(method, parameters, checkout.refresh)}
        >
          {fill(texts.flows.wallet_sdk.pay, { amount })}
        </button>
      ) : (
        <p className={styles.soft}>{fill(texts.wallet.outside, { app })}</p>
      )}
      {testWallet ? (
        <a className={styles.link} href={testWallet}>
          {texts.wallet.testWallet}
        </a>
      ) : null}
    </div>
  );
}
