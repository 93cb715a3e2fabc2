"use client";

import { Form, Radio } from "antd";
import { useTranslations } from "next-intl";
import { useRoleChoices } from "./role-names.ts";
import styles from "./team.module.css";

export function RoleField() {
  const t = useTranslations("dashboard.team");
  const choices = useRoleChoices();
  return (
    <Form.Item name="role" label={t("role")}>
      <Radio.Group
        vertical
        options={choices.map(({ value, label, help }) => ({
          value,
          label: (
            <>
              {label} <span className={styles.help}>{help}</span>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}
