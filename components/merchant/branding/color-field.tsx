"use client";

import { Button, ColorPicker } from "antd";
import { useFormatter, useTranslations } from "next-intl";
import { contrast, textOn } from "#lib/design/contrast";
import { light } from "#lib/design/tokens";
import styles from "./branding.module.css";

interface Props {
  readonly value: string | null;
  readonly onChange: (color: string | null) => void;
}

/** The colour of the checkout's buttons, and how well their text reads on it. */
export function ColorField({ value, onChange }: Props) {
  const t = useTranslations("dashboard.branding");
  const format = useFormatter();
  const color = value ?? light.brand;
  const text = textOn(color);
  const ratio = format.number(contrast(text, color), { maximumFractionDigits: 1 });
  return (
    <fieldset className={styles.logoField} aria-label={t("color")}>
      <span className={styles.label}>{t("color")}</span>
      <div className={styles.logoRow}>
        <ColorPicker
          value={color}
          disabledAlpha
          showText
          format="hex"
          onChangeComplete={(chosen) => onChange(chosen.toHexString().toUpperCase())}
        />
        <span className={styles.sample} style={{ background: color, color: text }}>
          {t("sampleButton")}
        </span>
        {value && (
          <Button type="text" onClick={() => onChange(null)}>
            {t("colorReset")}
          </Button>
        )}
      </div>
      <p className={styles.help} role="status">
        {t(text === "#FFFFFF" ? "contrastWhite" : "contrastBlack", { ratio })}
      </p>
    </fieldset>
  );
}
