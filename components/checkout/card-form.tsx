import { useCallback, useEffect, useRef, useState } from "react";
import { frameAddress, readFrameMessage } from "./card-frame.ts";
import { useLanguage } from "./language.tsx";
import type { Offered } from "./offers.ts";
import styles from "./payment.module.css";
import { fill } from "./texts.ts";
import type { Checkout } from "./use-checkout.ts";

interface CardFormProps {
  readonly offer: Offered;
  readonly checkout: Checkout;
  readonly amount: string;
  /** The row has been opened once: before that nothing is loaded. */
  readonly isOpened: boolean;
}

/** How long the provider's page may take to come up before the shopper is told. */
const readyTimeoutMs = 20_000;

/**
 * Holds the provider's own page, into which the card is typed: nothing of it ever reaches our page or our servers but
 * the token that the provider gives for it.
 */
export function CardForm({ offer, checkout, amount, isOpened }: CardFormProps) {
  const { texts } = useLanguage();
  const { method, flow } = offer;
  const frame = useCardFrame(offer, isOpened, (token) => checkout.start({ method, flow, token }));
  const isBusy = frame.isTokenizing || checkout.starting !== undefined;
  return (
    <div className={styles.card}>
      <p className={`${styles.soft} ${styles.about}`}>{texts.flows.card_fields.about}</p>
      <noscript>
        <p className={styles.small}>{texts.card.needsScript}</p>
      </noscript>
      <div className={styles.frameBox}>
        {frame.state === "loading" ? <p className={styles.frameNote}>{texts.card.loading}</p> : null}
        {frame.state === "failed" ? (
          <div className={styles.frameNote}>
            <p>{texts.card.failed}</p>
            <button className={styles.secondary} type="button" onClick={frame.reload}>
              {texts.card.retry}
            </button>
          </div>
        ) : null}
        {frame.src && frame.state !== "failed" ? (
          <iframe
            key={frame.src}
            ref={frame.element}
            className={styles.frame}
            src={frame.src}
            title={texts.card.frame}
            sandbox="allow-scripts allow-forms allow-same-origin"
            referrerPolicy="origin"
          />
        ) : null}
      </div>
      <button
        className={styles.primary}
        type="button"
        aria-disabled={isBusy || frame.state !== "ready"}
        onClick={() => {
          if (!isBusy) frame.tokenize();
        }}
      >
        {isBusy ? texts.busy : fill(texts.flows.card_fields.pay, { amount })}
      </button>
    </div>
  );
}

function useCardFrame(offer: Offered, isOpened: boolean, onToken: (token: string) => Promise<void>) {
  const { locale } = useLanguage();
  const element = useRef<HTMLIFrameElement>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const [src, setSrc] = useState<string>();
  const [isTokenizing, setTokenizing] = useState(false);
  const token = useRef(onToken);
  token.current = onToken;
  const { frame_url: frameUrl, frame_origin: frameOrigin } = offer;

  const load = useCallback(() => {
    if (!frameUrl) return setState("failed");
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    setState("loading");
    setSrc(frameAddress(frameUrl, { origin: window.location.origin, locale, theme }));
  }, [frameUrl, locale]);

  useEffect(() => {
    if (isOpened) load();
  }, [isOpened, load]);

  useEffect(() => {
    if (!src || state !== "loading") return;
    const timer = setTimeout(() => setState("failed"), readyTimeoutMs);
    return () => clearTimeout(timer);
  }, [src, state]);

  const origin = frameOrigin || (typeof window === "undefined" ? "" : window.location.origin);
  const tokenize = useCallback(() => {
    setTokenizing(true);
    element.current?.contentWindow?.postMessage({ type: "tokenize" }, origin);
  }, [origin]);

  useEffect(() => {
    const hear = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== element.current?.contentWindow) return;
      const message = readFrameMessage(event.data);
      switch (message?.type) {
        case "ready":
          return setState("ready");
        case "height":
          if (element.current) element.current.style.height = `${message.height}px`;
          return;
        case "submit":
          return tokenize();
        case "token":
          void token.current(message.token).then(() => setTokenizing(false));
          return;
        case "error":
          // The frame shows it where it belongs.
          return setTokenizing(false);
      }
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [origin, tokenize]);

  return { element, state, src, isTokenizing, tokenize, reload: load };
}
