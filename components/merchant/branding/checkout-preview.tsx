"use client";

import { Segmented, Select } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type BrandingDraft, type DraftMessage, previewPath, readyMessage } from "../../checkout/branding-draft.ts";
import { languageNames } from "../../site/language-switch.tsx";
import type { Branding } from "../api/settings.ts";
import styles from "./branding.module.css";

/** The checkout as it would look with what the form says now. */
export function CheckoutPreview({ branding }: { branding: Branding }) {
  const t = useTranslations("dashboard.branding.preview");
  const own = useLocale() as keyof typeof languageNames;
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [device, setDevice] = useState<"computer" | "phone">("computer");
  const [chosen, setChosen] = useState<string>();
  const locale = branding.languages.find((name) => name === (chosen ?? own)) ?? branding.languages[0] ?? own;
  const draft: BrandingDraft = {
    name: branding.display_name,
    logo: branding.logo,
    color: branding.color,
    supportEmail: branding.support_email,
    supportPhone: branding.support_phone,
    languages: branding.languages,
    locale,
    subject: t("subject"),
    isPhone: device === "phone",
  };
  const text = JSON.stringify(draft);

  useEffect(() => {
    const hear = (event: MessageEvent) => {
      if (event.source === frame.current?.contentWindow && event.data === readyMessage) setReady(true);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, []);
  useEffect(() => {
    if (!isReady) return;
    const message: DraftMessage = { kind: "branding-preview:draft", draft: JSON.parse(text) };
    frame.current?.contentWindow?.postMessage(message, location.origin);
  }, [isReady, text]);

  return (
    <section className={styles.preview} aria-label={t("title")}>
      <div className={styles.previewBar}>
        <Segmented
          value={device}
          aria-label={t("device")}
          options={(["computer", "phone"] as const).map((value) => ({ value, label: t(value) }))}
          onChange={setDevice}
        />
        <Select
          value={locale}
          aria-label={t("language")}
          className={styles.previewLanguage}
          options={branding.languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(value: string) => setChosen(value)}
        />
      </div>
      <div className={styles.stage} data-device={device}>
        <iframe ref={frame} src={previewPath} title={t("title")} className={styles.frame} />
      </div>
    </section>
  );
}
