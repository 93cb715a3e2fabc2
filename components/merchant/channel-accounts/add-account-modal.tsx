"use client";

import { Alert, Button, Form, Input, Modal, Radio, Select } from "antd";
import { useTranslations } from "next-intl";
import {
  type Channel,
  type ChannelAccount,
  type NewChannelAccount,
  useChannelAccountActions,
} from "../api/channel-accounts.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./channel-accounts.module.css";
import { CredentialFields, filledIn } from "./credential-fields.tsx";
import { problemField } from "./problem-field.ts";
import { TestResult } from "./test-result.tsx";

interface Fields {
  readonly channel: string;
  readonly environment: ChannelAccount["environment"];
  readonly label: string;
  readonly credentials?: Readonly<Record<string, string>>;
}

const formId = "add-channel-account";

/** Asks for what the chosen provider needs, tests it when asked to, and keeps it. */
export function AddAccountModal({ channels, onClose }: { channels: readonly Channel[]; onClose: () => void }) {
  const t = useTranslations("dashboard.channelAccounts");
  const { mode } = useSession();
  const [form] = Form.useForm<Fields>();
  const name = Form.useWatch("channel", form) ?? channels[0]?.id;
  const channel = channels.find(({ id }) => id === name);
  const { create, testDraft } = useChannelAccountActions();
  const keyFor = useIdempotencyKey();
  const chosenEnvironment = Form.useWatch("environment", form) ?? "simulator";
  const canSimulate = mode === "test" && channel?.has_simulator === true;
  const real = mode === "live" ? "live" : "sandbox";
  const isSimulated = canSimulate && chosenEnvironment === "simulator";
  const showAtField = (problem: unknown) => {
    const field = problemField(problem);
    if (field) form.setFields([field]);
  };

  const submit = ({ channel: chosen, label, credentials }: Fields) => {
    const input: NewChannelAccount = {
      channel: chosen,
      environment: isSimulated ? "simulator" : real,
      label: label.trim(),
      ...(!isSimulated && { credentials: filledIn(credentials) }),
    };
    create.mutate({ input, key: keyFor(input) }, { onError: showAtField });
  };
  const test = async () => {
    create.reset();
    const { channel: chosen, credentials } = await form.validateFields([["channel"], ["credentials"]], {
      recursive: true,
    });
    testDraft.mutate(
      { channel: chosen, environment: real, credentials: filledIn(credentials) },
      { onError: showAtField },
    );
  };

  const made = create.data;
  if (made) {
    return (
      <Modal
        open
        title={t("made", { label: made.label })}
        onCancel={onClose}
        onOk={onClose}
        okText={t("close")}
        footer={(_, { OkBtn }) => <OkBtn />}
      >
        {made.environment === "simulator" ? (
          <p>{t("simulatorMade")}</p>
        ) : (
          <>
            <p>{t("notifyHelp")}</p>
            <Copyable text={made.notify_url} what={t("notifyUrl")} />
          </>
        )}
      </Modal>
    );
  }
  const error = create.error ?? testDraft.error;
  return (
    <Modal
      open
      width={600}
      title={t("add")}
      onCancel={onClose}
      okText={t("add")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: create.isPending }}
      footer={(_, { OkBtn, CancelBtn }) => (
        <span className={styles.footer}>
          {!isSimulated && (
            <Button
              className={styles.testDraft}
              loading={testDraft.isPending}
              onClick={() => void test().catch(() => {})}
            >
              {t("testDraft")}
            </Button>
          )}
          <CancelBtn />
          <OkBtn />
        </span>
      )}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={{ channel: channels[0]?.id, environment: "simulator" }}
        onFinish={submit}
        onValuesChange={() => testDraft.reset()}
      >
        <Form.Item name="channel" label={t("channel")}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={channels.map(({ id, label }) => ({ value: id, label }))}
          />
        </Form.Item>
        {canSimulate && (
          <Form.Item name="environment" label={t("environment")}>
            <Radio.Group
              options={(["simulator", "sandbox"] as const).map((value) => ({
                value,
                label: t(`environments.${value}`),
              }))}
            />
          </Form.Item>
        )}
        {real === "sandbox" && !isSimulated && channel && !channel.has_sandbox && (
          <Form.Item>
            <Alert type="warning" showIcon title={t("noSandbox", { channel: channel.label })} />
          </Form.Item>
        )}
        <Form.Item
          name="label"
          label={t("label")}
          extra={t("labelHelp")}
          rules={[{ required: true, whitespace: true, max: 100, message: t("labelMissing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <p className={styles.soft}>{t(isSimulated ? "simulatorHelp" : "encrypted")}</p>
        {channel && !isSimulated && <CredentialFields key={channel.id} fields={channel.credentials} />}
        {error && !problemField(error) && <ProblemAlert error={error} />}
        {testDraft.data && <TestResult result={testDraft.data} channel={channel} />}
      </Form>
    </Modal>
  );
}
