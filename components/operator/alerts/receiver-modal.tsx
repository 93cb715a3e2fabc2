"use client";

import { App, Form, Input, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertReceiver, type NewReceiver, useAlertActions } from "../api/alerts.ts";

/** What each kind is made of, in the order in which it is asked. */
const fieldsOf = {
  email: ["to"],
  dingtalk: ["url", "secret"],
  feishu: ["url", "secret"],
  webhook: ["url", "secret"],
  sms: ["access_key_id", "access_key_secret", "sign_name", "template_code", "phones"],
} as const satisfies Record<AlertReceiver["kind"], readonly string[]>;

const secrets: readonly string[] = ["secret", "access_key_secret"];
const languages = [
  { value: "en", label: "English" },
  { value: "zh-CN", label: "简体中文" },
  { value: "zh-TW", label: "繁體中文" },
];

interface Fields {
  readonly kind: AlertReceiver["kind"];
  readonly name: string;
  readonly locale: string;
  readonly config: Readonly<Record<string, string>>;
}

const formId = "alert-receiver";

export function ReceiverModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("console.alerts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? "email";
  const { addReceiver } = useAlertActions();
  const submit = async ({ kind: chosen, name, locale, config }: Fields) => {
    const values = Object.fromEntries(Object.entries(config).map(([field, text]) => [field, text.trim()]));
    const input = { name: name.trim(), config: { kind: chosen, locale, ...values } } as NewReceiver;
    if (!(await addReceiver.mutateAsync(input).catch(() => undefined))) return;
    message.success(t("receivers.added"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("receivers.add")}
      onCancel={onClose}
      okText={t("receivers.add")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: addReceiver.isPending }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "email", locale: "en" }}
        onFinish={submit}
      >
        <Form.Item name="kind" label={t("receivers.kind")}>
          <Select
            options={(Object.keys(fieldsOf) as AlertReceiver["kind"][]).map((value) => ({
              value,
              label: t(`receivers.kinds.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t("receivers.name")}
          rules={[{ required: true, whitespace: true, max: 100, message: t("receivers.missing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {fieldsOf[kind].map((field) => (
          <Form.Item
            key={`${kind} ${field}`}
            name={["config", field]}
            label={t(`receivers.fields.${field}`)}
            extra={helpOf(field, t)}
            preserve={false}
            rules={[{ required: true, whitespace: true, max: 500, message: t("receivers.missing") }]}
          >
            {secrets.includes(field) ? (
              <Input.Password autoComplete="new-password" />
            ) : (
              <Input autoComplete="off" spellCheck={false} />
            )}
          </Form.Item>
        ))}
        <Form.Item name="locale" label={t("receivers.locale")}>
          <Select options={languages} />
        </Form.Item>
        {addReceiver.error ? <ProblemAlert error={addReceiver.error} /> : null}
      </Form>
    </Modal>
  );
}

function helpOf(field: string, t: (key: "receivers.secretHelp" | "receivers.templateHelp") => string) {
  if (secrets.includes(field)) return t("receivers.secretHelp");
  return field === "template_code" ? t("receivers.templateHelp") : undefined;
}
