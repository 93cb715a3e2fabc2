import { type SandboxLocale, textsOf } from "./texts.ts";
import styles from "./wallet.module.css";

/** Stands in for the camera. A plain form, so that it works before any script. */
export function PasteForm({ locale }: { locale: SandboxLocale }) {
  const texts = textsOf[locale];
  return (
    <form className={styles.card} action="/sandbox/wechatpay/scan">
      <h1 className={styles.title}>{texts.pasteTitle}</h1>
      <label className={styles.label} htmlFor="code">
        {texts.pasteLabel}
      </label>
      <input
        className={styles.input}
        id="code"
        name="code"
        required
        maxLength={200}
        autoComplete="off"
        aria-describedby="code-hint"
      />
      <p className={styles.hint} id="code-hint">
        {texts.pasteHint}
      </p>
      <input type="hidden" name="lang" value={locale} />
      <button className={styles.primary} type="submit">
        {texts.open}
      </button>
    </form>
  );
}
