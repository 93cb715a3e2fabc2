"use client";

import { Form, Input, Modal, Radio, Select } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { eventTypeDescriptions, eventTypes } from "#lib/webhooks/event-types";
import { ApiProblem } from "../api/problem.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { useWebhookActions, type WebhookEndpoint } from "../api/webhooks.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { SecretModal } from "./secret-modal.tsx";
import styles from "./webhooks.module.css";

interface Fields {
  readonly url: string;
  readonly description?: string;
  readonly scope: "all" | "some";
  readonly event_types?: string[];
}

interface Props {
  /** The one to change; a new one when undefined. */
  readonly endpoint?: WebhookEndpoint;
  readonly onClose: () => void;
}

/** Adds an endpoint, and shows its secret; or changes where one is and what it hears. */
export function EndpointModal({ endpoint, onClose }: Props) {
  const t = useTranslations("dashboard.webhooks");
  const language = useLocale() === "en" ? "en" : "zh-CN";
  const [form] = Form.useForm<Fields>();
  const scope = Form.useWatch("scope", form);
  const { create, update } = useWebhookActions();
  const keyFor = useIdempotencyKey();
  const error = create.error ?? update.error;
  const isOfUrl = error instanceof ApiProblem && error.param === "url";
  const title = t(endpoint ? "edit" : "create");

  const onError = (problem: unknown) => {
    if (problem instanceof ApiProblem && problem.param === "url") {
      form.setFields([{ name: "url", errors: [problem.message] }]);
    }
  };
  const submit = (fields: Fields) => {
    const description = fields.description?.trim();
    const common = {
      url: fields.url.trim(),
      event_types: fields.scope === "all" ? ["*"] : (fields.event_types ?? []),
    };
    if (endpoint) {
      const input = { ...common, description: description || null };
      update.mutate({ id: endpoint.id, input }, { onSuccess: onClose, onError });
    } else {
      const input = { ...common, ...(description && { description }) };
      create.mutate({ input, key: keyFor(input) }, { onError });
    }
  };

  if (create.data) {
    return <SecretModal title={t("made")} help={t("secretHelp")} secret={create.data.secret} onClose={onClose} />;
  }
  const isAll = !endpoint || endpoint.event_types.includes("*");
  return (
    <Modal
      open
      title={title}
      width={560}
      onCancel={onClose}
      okText={t(endpoint ? "save" : "create")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "endpoint", loading: create.isPending || update.isPending }}
    >
      <Form<Fields>
        id="endpoint"
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{
          url: endpoint?.url,
          description: endpoint?.description ?? undefined,
          scope: isAll ? "all" : "some",
          event_types: isAll ? [] : endpoint?.event_types,
        }}
        onFinish={submit}
      >
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
        <Form.Item name="scope" label={t("events")} required>
          <Radio.Group
            vertical
            options={[
              { value: "all", label: t("allEventsFuture") },
              { value: "some", label: t("someEvents") },
            ]}
          />
        </Form.Item>
        {scope === "some" && (
          <Form.Item name="event_types" rules={[{ required: true, message: t("eventsMissing") }]}>
            <Select
              mode="multiple"
              aria-label={t("someEvents")}
              placeholder={t("columns.event")}
              options={eventTypes
                .filter((type) => type !== "webhook.test")
                .map((type) => ({ value: type, label: type, about: eventTypeDescriptions[type][language] }))}
              optionRender={({ data }) => (
                <span className={styles.option}>
                  <code>{data.label}</code>
                  <span>{data.about}</span>
                </span>
              )}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
