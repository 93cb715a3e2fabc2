"use client";

import { FileTextOutlined } from "@ant-design/icons";
import { Button, Form, Input, Upload } from "antd";
import { useTranslations } from "next-intl";
import type { CredentialField, Credentials } from "../api/channel-accounts.ts";
import styles from "./channel-accounts.module.css";

interface Props {
  readonly fields: readonly CredentialField[];
  /** When only what changes is asked for. */
  readonly areAllOptional?: boolean;
}

/** The form of any provider, out of what its channel declares. */
export function CredentialFields({ fields, areAllOptional = false }: Props) {
  const t = useTranslations("dashboard.channelAccounts");
  return fields.map((field) => (
    <Form.Item
      key={field.name}
      name={["credentials", field.name]}
      label={
        <>
          {field.label}
          {!field.is_required && !areAllOptional && <span className={styles.optional}>{t("optional")}</span>}
        </>
      }
      extra={field.help}
      rules={[{ required: field.is_required && !areAllOptional, whitespace: true, message: t("required") }]}
    >
      <CredentialInput field={field} />
    </Form.Item>
  ));
}

interface InputProps {
  readonly field: CredentialField;
  /** Given by the form. */
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

function CredentialInput({ field, onChange, value = "", ...rest }: InputProps) {
  const t = useTranslations("dashboard.channelAccounts");
  const common = { ...rest, value, autoComplete: "off", spellCheck: false } as const;
  switch (field.kind) {
    case "id":
      return <Input {...common} className={styles.mono} onChange={(event) => onChange?.(event.target.value)} />;
    case "secret":
      return (
        <Input.Password
          {...common}
          autoComplete="new-password"
          className={styles.mono}
          onChange={(event) => onChange?.(event.target.value)}
        />
      );
    case "pem":
      return (
        <div className={styles.pem}>
          <Input.TextArea
            {...common}
            className={styles.mono}
            autoSize={{ minRows: 3, maxRows: 6 }}
            placeholder="-----BEGIN …"
            onChange={(event) => onChange?.(event.target.value)}
          />
          <Upload
            accept=".pem,.txt,.crt,.cer,.key"
            showUploadList={false}
            beforeUpload={async (file) => {
              onChange?.((await file.text()).trim());
              return false;
            }}
          >
            <Button size="small" icon={<FileTextOutlined aria-hidden />}>
              {t("chooseFile")}
            </Button>
          </Upload>
        </div>
      );
  }
}

/** Without what was left empty. */
export function filledIn(credentials: Readonly<Record<string, string | undefined>> = {}): Credentials {
  const filled = Object.entries(credentials).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : []));
  return Object.fromEntries(filled);
}
