"use client";

import { Checkbox, Form, Select } from "antd";
import { useTranslations } from "next-intl";
import { languageNames } from "#components/site/language-switch";
import { mostNoticeAddresses, noticeKinds } from "#lib/notices/kinds";
import styles from "./settings.module.css";

/** Whom we tell by mail, of what, and in which language. */
export function NoticeFields() {
  const t = useTranslations("dashboard.settings.notices");
  return (
    <>
      <Form.Item
        name="notice_emails"
        label={t("emails")}
        extra={t("emailsHelp", { most: mostNoticeAddresses })}
        rules={[
          { type: "array", max: mostNoticeAddresses, message: t("emailsTooMany", { most: mostNoticeAddresses }) },
          { type: "array", defaultField: { type: "email", message: t("emailWrong") } },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", ";", " "]} />
      </Form.Item>
      <Form.Item name="notices" label={t("kinds")}>
        <Checkbox.Group
          className={styles.notices}
          options={noticeKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="notice_language" label={t("language")}>
        <Select
          options={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
          style={{ width: 180 }}
        />
      </Form.Item>
    </>
  );
}
