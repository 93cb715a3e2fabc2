import type { CheckoutAttempt } from "#lib/checkout/checkout-view";
import { useLanguage } from "./language.tsx";
import { testWalletAddress } from "./offers.ts";
import styles from "./payment.module.css";
import type { Phase } from "./phase.ts";
import { appName, fill, methodName } from "./texts.ts";
import type { Checkout } from "./use-checkout.ts";
import { WalletPanel } from "./wallet-panel.tsx";

interface ActionProps {
  readonly checkout: Checkout;
  readonly phase: Phase;
  readonly attempt: CheckoutAttempt;
  readonly amount: string;
  readonly codeImage?: string;
  readonly codeOf?: string;
}

/** What the shopper has to do now for the attempt that is open. */
export function ActionPanel(props: ActionProps) {
  const { phase, attempt, amount } = props;
  const { texts } = useLanguage();
  const app = appName(texts, attempt.method);
  switch (phase.kind) {
    case "scan":
      return <ScanPanel {...props} />;
    case "wallet":
      return <WalletPanel attempt={attempt} checkout={props.checkout} amount={amount} />;
    case "leave":
    case "returned":
    case "authenticate": {
      const words = texts[phase.kind];
      return (
        <div className={styles.action}>
          <p className={styles.soft}>{fill(words.text, { app, amount })}</p>
          {typeof attempt.action?.url === "string" ? (
            <a className={phase.kind === "returned" ? styles.secondary : styles.primary} href={attempt.action.url}>
              {fill(words.open, { app })}
            </a>
          ) : null}
        </div>
      );
    }
    default:
      return null;
  }
}

function ScanPanel({ checkout, attempt, amount, codeImage, codeOf }: ActionProps) {
  const { locale, texts } = useLanguage();
  const { order, livemode } = checkout.view;
  const app = appName(texts, attempt.method);
  const method = methodName(texts, attempt.method);
  const picture = (kind: "svg" | "png") => `/pay/${order}/code.${kind}?attempt=${attempt.id}`;
  const testWallet = livemode
    ? undefined
    : testWalletAddress(attempt.method, attempt.action ?? {}, { path: `/pay/${order}`, locale });
  return (
    <div className={styles.action}>
      <p className={styles.soft}>{fill(texts.scan.how, { app, amount })}</p>
      {/* biome-ignore lint/performance/noImgElement: drawn to size by the server; the optimiser would only be in the way */}
      <img
        className={styles.qr}
        src={codeImage && codeOf === attempt.id ? codeImage : picture("svg")}
        alt={fill(texts.scan.image, { amount, method })}
        width={256}
        height={256}
      />
      <p className={styles.waitingLine}>
        <span className={styles.pulse} aria-hidden="true" />
        {fill(texts.scan.waiting, { app })}
      </p>
      {testWallet ? (
        <a className={styles.link} href={testWallet} target="_blank" rel="noopener">
          {texts.scan.testWallet}
        </a>
      ) : null}
      <div className={styles.phoneOnly}>
        <a className={styles.secondary} href={picture("png")} download={`${order}.png`}>
          {texts.scan.save}
        </a>
        <p className={styles.small}>{fill(texts.scan.saveHelp, { app })}</p>
      </div>
    </div>
  );
}
