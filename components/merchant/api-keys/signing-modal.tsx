"use client";

import { Alert, App, Checkbox, Form, Input, Modal, Radio } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./api-keys.module.css";

const algorithms = ["none", "hmac-sha256", "ed25519"] as const;

interface Fields {
  readonly algorithm: (typeof algorithms)[number];
  readonly publicKey?: string;
  readonly required?: boolean;
}

/** How requests with a key are signed; a shared secret is shown, this once. */
export function SigningModal({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { message } = App.useApp();
  const { sign, unsign } = useApiKeyActions();
  const [form] = Form.useForm<Fields>();
  const algorithm = Form.useWatch("algorithm", form);
  const secret = sign.data?.signing_secret;
  if (secret) return <SecretModal secret={secret} onClose={onClose} />;

  const submit = async (fields: Fields) => {
    const saved = await (fields.algorithm === "none"
      ? unsign.mutateAsync(apiKey.id)
      : sign.mutateAsync({
          id: apiKey.id,
          input: {
            algorithm: fields.algorithm,
            required: fields.required ?? false,
            ...(fields.algorithm === "ed25519" && fields.publicKey && { public_key: fields.publicKey }),
          },
        })
    ).catch(() => undefined);
    if (!saved || ("signing_secret" in saved && saved.signing_secret)) return;
    message.success(t("signingSaved"));
    onClose();
  };
  const error = sign.error ?? unsign.error;
  return (
    <Modal
      open
      width={600}
      title={t("signingTitle", { label: apiKey.label })}
      onCancel={onClose}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "key-signing", loading: sign.isPending || unsign.isPending }}
    >
      <Form<Fields>
        id="key-signing"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          algorithm: apiKey.signature.algorithm ?? "none",
          required: apiKey.signature.required,
        }}
        onFinish={submit}
      >
        {error && (
          <Form.Item>
            <ProblemAlert error={error} />
          </Form.Item>
        )}
        <p>
          {t("signingExplained")} <Link href="/docs/signing">{t("docs")}</Link>
        </p>
        <Form.Item name="algorithm" label={t("algorithm")}>
          <Radio.Group vertical options={algorithms.map((value) => ({ value, label: t(`algorithms.${value}`) }))} />
        </Form.Item>
        {algorithm === "ed25519" && (
          <Form.Item
            name="publicKey"
            label={t("publicKey")}
            extra={t("publicKeyHelp")}
            rules={[{ required: true, whitespace: true, message: t("publicKeyMissing") }]}
          >
            <Input.TextArea rows={4} spellCheck={false} autoComplete="off" />
          </Form.Item>
        )}
        {algorithm !== "none" && (
          <Form.Item name="required" valuePropName="checked" extra={t("requiredHelp")}>
            <Checkbox>{t("required")}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function SecretModal({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  return (
    <Modal
      open
      title={t("secretTitle")}
      onCancel={onClose}
      onOk={onClose}
      okText={t("kept")}
      mask={{ closable: false }}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <Alert type="warning" showIcon title={t("secretOnce")} />
      <p className={styles.secret}>
        <Copyable text={secret} what={t("secret")} />
      </p>
    </Modal>
  );
}
