import type { Metadata } from "next";
import { Frame } from "../frame.tsx";
import { first, languageOf } from "../language.ts";
import { texts } from "../texts.ts";
import styles from "../wallet.module.css";
import { Wallet } from "../wallet.tsx";

export const metadata: Metadata = { title: "Alipay sandbox", robots: "noindex" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The wallet after it scanned a code; without one, a field stands in for the camera. */
export default async function ScanPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const language = await languageOf(first(search.lang));
  const text = texts[language];
  const code = first(search.code);
  return (
    <Frame language={language}>
      {code ? (
        <Wallet code={code} language={language} />
      ) : (
        <form className={styles.stack} method="get">
          <label className={styles.field}>
            {text.codeLabel}
            <input name="code" required autoComplete="off" spellCheck={false} aria-describedby="code-help" />
          </label>
          <p className={styles.note} id="code-help">
            {text.codeHelp}
          </p>
          <button className={styles.primary} type="submit">
            {text.open}
          </button>
        </form>
      )}
    </Frame>
  );
}
