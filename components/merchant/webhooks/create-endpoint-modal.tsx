"use client";

import { Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import { ApiProblem } from "../api/problem.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { useWebhookActions } from "../api/webhooks.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./webhooks.module.css";

interface Fields {
  readonly url: string;
  readonly description?: string;
}

export function CreateEndpointModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.webhooks");
  const [form] = Form.useForm<Fields>();
  const { create } = useWebhookActions();
  const keyFor = useIdempotencyKey();
  const { error, data: made } = create;
  const isOfUrl = error instanceof ApiProblem && error.param === "url";

  const submit = ({ url, description }: Fields) => {
    const input = { url: url.trim(), ...(description?.trim() && { description: description.trim() }) };
    create.mutate(
      { input, key: keyFor(input) },
      {
        onError: (problem) => {
          if (problem instanceof ApiProblem && problem.param === "url") {
            form.setFields([{ name: "url", errors: [problem.message] }]);
          }
        },
      },
    );
  };

  if (made) {
    return (
      <Modal
        open
        title={t("made")}
        onCancel={onClose}
        onOk={onClose}
        okText={t("close")}
        footer={(_, { OkBtn }) => <OkBtn />}
      >
        <p>{t("secretHelp")}</p>
        <p className={styles.secret}>
          <Copyable text={made.secret} what={t("secret")} />
        </p>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t("create")}
      onCancel={onClose}
      okText={t("create")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "create-endpoint", loading: create.isPending }}
    >
      <Form<Fields> id="create-endpoint" form={form} layout="vertical" requiredMark="optional" onFinish={submit}>
        {error && !isOfUrl && (
          <Form.Item>
            <ProblemAlert error={error} />
          </Form.Item>
        )}
        <Form.Item
          name="url"
          label={t("columns.url")}
          extra={t("urlHelp")}
          rules={[{ required: true, whitespace: true, message: t("urlMissing") }]}
        >
          <Input type="url" placeholder="https://shop.example/webhooks" autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name="description" label={t("description")}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
