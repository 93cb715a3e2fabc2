"use client";

import { Alert } from "antd";
import { useTranslations } from "next-intl";
import { CopyButton } from "../pieces/copy-button.tsx";
import styles from "./security.module.css";

/** The codes, this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("dashboard.security");
  return (
    <>
      <Alert type="warning" showIcon title={t("codesHelp")} />
      <div className={styles.codes}>
        <ul aria-label={t("codes")}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <CopyButton text={codes.join("\n")} what={t("codes")} />
      </div>
    </>
  );
}
