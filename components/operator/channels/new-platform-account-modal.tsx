"use client";

import { App, Button, Form, Input, Modal, Radio, Select } from "antd";
import { useTranslations } from "next-intl";
import { CredentialFields, filledIn } from "../../merchant/channel-accounts/credential-fields.tsx";
import { problemField } from "../../merchant/channel-accounts/problem-field.ts";
import { TestResult } from "../../merchant/channel-accounts/test-result.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useChannelKinds, useNewPlatformAccount } from "../api/platform-accounts.ts";
import styles from "./channels.module.css";

interface Fields {
  readonly channel: string;
  readonly environment: "simulator" | "sandbox" | "live";
  readonly label: string;
  readonly credentials?: Readonly<Record<string, string>>;
}

const formId = "new-platform-account";

/** Asks for what the chosen provider needs, tests it when asked to, and keeps it. */
export function NewPlatformAccountModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("console.channels");
  const words = useTranslations("dashboard.channelAccounts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const channels = useChannelKinds().data?.data ?? [];
  const chosen = Form.useWatch("channel", form);
  const channel = channels.find(({ id }) => id === chosen);
  const environment = Form.useWatch("environment", form) ?? "live";
  const { create, testDraft } = useNewPlatformAccount();
  const environments = (["live", "sandbox", "simulator"] as const).filter(
    (one) => one !== "simulator" || channel?.has_simulator,
  );
  const onError = (problem: unknown) => {
    const field = problemField(problem);
    if (field) form.setFields([field]);
  };
  const submit = ({ label, credentials, ...input }: Fields) => {
    const kept = input.environment === "simulator" ? {} : { credentials: filledIn(credentials) };
    create.mutate(
      { ...input, label: label.trim(), ...kept },
      {
        onError,
        onSuccess: () => {
          message.success(t("platform.added"));
          onClose();
        },
      },
    );
  };
  const test = async () => {
    const draft = await form.validateFields([["channel"], ["credentials"]], { recursive: true });
    if (environment === "simulator") return;
    const input = { channel: draft.channel, environment, credentials: filledIn(draft.credentials) };
    testDraft.mutate(input, { onError });
  };
  const error = create.error ?? testDraft.error;
  return (
    <Modal
      open
      width={600}
      title={t("platform.add")}
      onCancel={onClose}
      okText={t("platform.add")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: create.isPending }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={{ environment: "live" }}
        onFinish={submit}
        onValuesChange={() => testDraft.reset()}
      >
        <Form.Item name="channel" label={words("channel")} rules={[{ required: true, message: t("missing") }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={channels.map(({ id, label }) => ({ value: id, label }))}
          />
        </Form.Item>
        <Form.Item name="environment" label={words("environment")}>
          <Radio.Group options={environments.map((value) => ({ value, label: words(`environments.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="label"
          label={words("label")}
          extra={t("platform.labelHelp")}
          rules={[{ required: true, whitespace: true, max: 100, message: words("labelMissing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <p className={styles.soft}>{words(environment === "simulator" ? "simulatorHelp" : "encrypted")}</p>
        {channel && environment !== "simulator" && (
          <>
            <CredentialFields key={channel.id} fields={channel.credentials} />
            <Button loading={testDraft.isPending} onClick={() => void test().catch(() => {})}>
              {words("testDraft")}
            </Button>
          </>
        )}
        {error && !problemField(error) ? <ProblemAlert error={error} /> : null}
        {testDraft.data && <TestResult result={testDraft.data} channel={channel} />}
      </Form>
    </Modal>
  );
}
