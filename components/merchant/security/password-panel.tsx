"use client";

import { App, Button, Form, Input } from "antd";
import { useTranslations } from "next-intl";
import { minPasswordLength, passwordProblem } from "#lib/access/password-rules";
import { useMyActions } from "../api/me.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./security.module.css";

interface Fields {
  readonly current: string;
  readonly password: string;
}

export function PasswordPanel() {
  const t = useTranslations("dashboard.security");
  const problems = useTranslations("dashboard.security.problems");
  const { person } = useSession();
  const { message } = App.useApp();
  const { changePassword } = useMyActions();
  const [form] = Form.useForm<Fields>();
  const submit = async (fields: Fields) => {
    const done = await changePassword.mutateAsync(fields).catch(() => undefined);
    if (!done) return;
    form.resetFields();
    message.success(t("changed"));
  };
  return (
    <Panel title={t("password")}>
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit} className={styles.form ?? ""}>
        {changePassword.error && (
          <Form.Item>
            <ProblemAlert error={changePassword.error} />
          </Form.Item>
        )}
        <Form.Item name="current" label={t("current")} rules={[{ required: true, message: t("passwordMissing") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("next")}
          extra={t("passwordHelp", { minimum: minPasswordLength })}
          rules={[
            {
              validator: (_, typed = "") => {
                const problem = passwordProblem(typed, [person.email, person.name]);
                return problem ? Promise.reject(problems(problem, { minimum: minPasswordLength })) : Promise.resolve();
              },
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={changePassword.isPending}>
          {t("change")}
        </Button>
      </Form>
    </Panel>
  );
}
