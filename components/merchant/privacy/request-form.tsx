"use client";

import { App, Button, Form, Input } from "antd";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { type Subject, usePrivacyActions } from "../api/privacy.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./privacy.module.css";

type Fields = Record<keyof Subject, string | undefined>;

const names = ["email", "phone", "customer"] as const;

function subjectOf(fields: Fields): Subject {
  const given = names.flatMap((name) => {
    const value = fields[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** Names the shopper, and says what is to happen. Erasing asks once more, with what goes and what stays. */
export function RequestForm() {
  const t = useTranslations("dashboard.privacy");
  const { message, modal } = App.useApp();
  const { request } = usePrivacyActions();
  const [form] = Form.useForm<Fields>();
  const key = useRef(crypto.randomUUID());

  const send = (kind: "export" | "erasure", subject: Subject) =>
    request
      .mutateAsync({ kind, subject, key: key.current })
      .then(() => {
        key.current = crypto.randomUUID();
        form.resetFields();
        void message.success(t(kind === "export" ? "exportStarted" : "erasureStarted"));
      })
      // Shown below the form.
      .catch(() => {});

  const ask = async (kind: "export" | "erasure") => {
    const subject = subjectOf(form.getFieldsValue());
    if (Object.keys(subject).length === 0) {
      form.setFields([{ name: "email", errors: [t("nobody")] }]);
      return;
    }
    if (kind === "export") return send(kind, subject);
    modal.confirm({
      title: t("eraseTitle", { person: Object.values(subject).join(", ") }),
      content: (
        <>
          <p>{t("eraseGoes")}</p>
          <p>{t("eraseStays")}</p>
        </>
      ),
      okText: t("erase"),
      okButtonProps: { danger: true },
      cancelText: t("keep"),
      onOk: () => send(kind, subject),
    });
  };

  return (
    <Form form={form} name="privacy-subject" layout="vertical" requiredMark={false} onFinish={() => ask("export")}>
      <p className={styles.help}>{t("newHelp")}</p>
      <div className={styles.fields}>
        {names.map((name) => (
          <Form.Item key={name} name={name} label={t(`fields.${name}`)}>
            <Input
              type={name === "email" ? "email" : "text"}
              inputMode={name === "phone" ? "tel" : undefined}
              maxLength={254}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Form.Item>
        ))}
      </div>
      {request.error && <ProblemAlert error={request.error} />}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={request.isPending}>
          {t("export")}
        </Button>
        <Button danger disabled={request.isPending} onClick={() => ask("erasure")}>
          {t("erase")}
        </Button>
      </div>
    </Form>
  );
}
