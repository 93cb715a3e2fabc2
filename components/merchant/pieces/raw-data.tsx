"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "./copy-button.tsx";
import styles from "./pieces.module.css";

/** The JSON behind a line, one click away. */
export function RawData({ data }: { data: unknown }) {
  const t = useTranslations("dashboard.raw");
  const text = JSON.stringify(data, null, 2);
  return (
    <details className={styles.raw}>
      <summary>{t("show")}</summary>
      <div>
        <CopyButton text={text} what={t("what")} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{text}</pre>
      </div>
    </details>
  );
}
