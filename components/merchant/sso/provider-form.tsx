"use client";

import { Alert, App, Button, Form, Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { ApiProblem } from "../api/problem.ts";
import { type SsoChange, type SsoConnection, useSsoActions } from "../api/sso.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useRoleChoices } from "../team/role-names.ts";
import styles from "./sso.module.css";

interface Fields {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly default_role: string;
}

const fieldNames = ["issuer", "client_id", "client_secret", "default_role"] as const;

export function ProviderForm({ saved }: { saved: SsoConnection }) {
  const t = useTranslations("dashboard.sso");
  const { message } = App.useApp();
  const { change, test } = useSsoActions();
  const [form] = Form.useForm<Fields>();
  const roles = useRoleChoices().filter(({ value }) => value !== "owner");
  const typed = ({ client_secret, ...rest }: Fields): SsoChange => ({
    ...rest,
    ...(client_secret && { client_secret }),
  });
  const showAtField = (problem: unknown) => {
    const name = problem instanceof ApiProblem && fieldNames.find((field) => field === problem.param);
    if (name) form.setFields([{ name, errors: [problem.message] }]);
  };
  const atField = (problem: unknown) =>
    problem instanceof ApiProblem && fieldNames.some((one) => one === problem.param);
  const save = (fields: Fields) => {
    test.reset();
    change.mutate(typed(fields), { onSuccess: () => void message.success(t("saved")), onError: showAtField });
  };
  const tryOut = async () => {
    const fields = await form.validateFields().catch(() => undefined);
    if (!fields) return;
    change.reset();
    const { default_role, ...draft } = typed(fields);
    test.mutate(draft, { onError: showAtField });
  };
  const problem = change.error ?? test.error;
  const required = (text: string) => [{ required: true, whitespace: true, message: text }];
  return (
    <Form<Fields>
      form={form}
      name="sso"
      layout="vertical"
      requiredMark={false}
      className={styles.form ?? ""}
      initialValues={{
        issuer: saved.issuer ?? "",
        client_id: saved.client_id ?? "",
        client_secret: "",
        default_role: saved.default_role,
      }}
      onFinish={save}
      onValuesChange={() => test.reset()}
    >
      <Form.Item name="issuer" label={t("issuer")} extra={t("issuerHelp")} rules={required(t("issuerMissing"))}>
        <Input placeholder="https://login.example.com" maxLength={500} inputMode="url" autoComplete="off" />
      </Form.Item>
      <Form.Item name="client_id" label={t("clientId")} rules={required(t("clientIdMissing"))}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="client_secret"
        label={t("clientSecret")}
        extra={t(saved.configured ? "secretKept" : "secretHelp")}
        rules={saved.configured ? [] : required(t("clientSecretMissing"))}
      >
        <Input.Password maxLength={1_000} autoComplete="off" />
      </Form.Item>
      <Form.Item name="default_role" label={t("role")} extra={t("roleHelp")}>
        <Select options={roles.map(({ value, label }) => ({ value, label }))} />
      </Form.Item>
      {problem && !atField(problem) && (
        <Form.Item>
          <ProblemAlert error={problem} />
        </Form.Item>
      )}
      {test.data && (
        <Form.Item>
          <Alert type="success" showIcon role="status" title={t("works")} description={t("worksText")} />
        </Form.Item>
      )}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("save")}
        </Button>
        <Button onClick={tryOut} loading={test.isPending}>
          {t("test")}
        </Button>
      </div>
    </Form>
  );
}
