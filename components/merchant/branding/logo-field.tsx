"use client";

import { UploadOutlined } from "@ant-design/icons";
import { Button, Upload } from "antd";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type Logo, useBranding } from "../api/settings.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./branding.module.css";

const maxBytes = 150 * 1024;

interface Props {
  readonly url: string | null;
  readonly onChange: (logo: Logo | null) => void;
}

export function LogoField({ url, onChange }: Props) {
  const t = useTranslations("dashboard.branding");
  const label = useId();
  const { upload } = useBranding();
  const [isTooLarge, setTooLarge] = useState(false);
  const send = async (file: File) => {
    upload.reset();
    setTooLarge(file.size > maxBytes);
    if (file.size > maxBytes) return;
    upload.mutate(await base64Of(file), { onSuccess: onChange });
  };
  return (
    <fieldset className={styles.logoField} aria-labelledby={label}>
      <span id={label} className={styles.label}>
        {t("logo")}
      </span>
      <div className={styles.logoRow}>
        {/* biome-ignore lint/performance/noImgElement: a picture of the merchant's own, served by us as it is */}
        {url ? <img src={url} alt={t("logoNow")} className={styles.logo} /> : <span className={styles.noLogo} />}
        <Upload
          accept="image/png,image/jpeg,image/webp"
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined aria-hidden />} loading={upload.isPending}>
            {t(url ? "logoReplace" : "logoUpload")}
          </Button>
        </Upload>
        {url && (
          <Button type="text" onClick={() => onChange(null)}>
            {t("logoRemove")}
          </Button>
        )}
      </div>
      <p className={styles.help}>{t("logoHelp")}</p>
      {isTooLarge && (
        <p role="alert" className={styles.wrong}>
          {t("logoTooLarge")}
        </p>
      )}
      {upload.error && <ProblemAlert error={upload.error} />}
    </fieldset>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
