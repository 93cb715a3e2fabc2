"use client";

import { Form, Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { PermissionChecks } from "../roles/permission-checks.tsx";

/** What a new key and a changed one have in common. */
export function LabelField() {
  const t = useTranslations("dashboard.apiKeys");
  return (
    <Form.Item
      name="label"
      label={t("columns.label")}
      rules={[{ required: true, whitespace: true, max: 100, message: t("labelMissing") }]}
    >
      <Input placeholder={t("labelHint")} maxLength={100} autoFocus autoComplete="off" />
    </Form.Item>
  );
}

export function PermissionsField() {
  const t = useTranslations("dashboard.apiKeys");
  const roles = useTranslations("dashboard.roles");
  return (
    <Form.Item
      name="permissions"
      label={roles("permissions")}
      extra={roles("ownOnly")}
      rules={[{ required: true, type: "array", min: 1, message: t("permissionsMissing") }]}
    >
      <PermissionChecks />
    </Form.Item>
  );
}

/** @param problem what the API said about the addresses */
export function AddressesField({ problem }: { problem: string | undefined }) {
  const t = useTranslations("dashboard.apiKeys");
  return (
    <Form.Item
      name="allowed_ips"
      label={t("addresses")}
      extra={t("addressesHelp")}
      {...(problem && { validateStatus: "error" as const, help: problem })}
    >
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[",", " ", "\n"]}
        placeholder="203.0.113.0/24"
      />
    </Form.Item>
  );
}
