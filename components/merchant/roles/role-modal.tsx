"use client";

import { App, Form, Input, Modal } from "antd";
import { useTranslations } from "next-intl";
import type { Permission } from "#lib/access/permissions";
import { ApiProblem } from "../api/problem.ts";
import { type Role, useRoleActions } from "../api/roles.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { PermissionChecks } from "./permission-checks.tsx";
import styles from "./roles.module.css";

interface Fields {
  readonly name: string;
  readonly description?: string;
  readonly permissions: Permission[];
}

/** Puts a role together, or changes one. */
export function RoleModal({ role, onClose }: { role?: Role; onClose: () => void }) {
  const t = useTranslations("dashboard.roles");
  const { message } = App.useApp();
  const { create, update } = useRoleActions();
  const keyFor = useIdempotencyKey();
  const [form] = Form.useForm<Fields>();
  const { error } = role ? update : create;
  const isNameTaken = error instanceof ApiProblem && error.param === "name";
  const submit = async (fields: Fields) => {
    const input = { ...fields, name: fields.name.trim(), description: fields.description?.trim() ?? "" };
    const saved = await (role
      ? update.mutateAsync({ id: role.id, input })
      : create.mutateAsync({ input, key: keyFor(input) })
    ).catch(() => undefined);
    if (!saved) return;
    message.success(t("saved", { name: saved.name }));
    onClose();
  };
  return (
    <Modal
      open
      width={640}
      title={role ? t("edit", { name: role.name }) : t("create")}
      onCancel={onClose}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "role", loading: create.isPending || update.isPending }}
    >
      <Form<Fields>
        id="role"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={role ?? { permissions: [] }}
        onFinish={submit}
      >
        {error && !isNameTaken && (
          <Form.Item>
            <ProblemAlert error={error} />
          </Form.Item>
        )}
        {role && role.members > 0 && (
          <p className={styles.consequence}>{t("editConsequence", { count: role.members })}</p>
        )}
        <Form.Item
          name="name"
          label={t("name")}
          rules={[{ required: true, whitespace: true, max: 60, message: t("nameMissing") }]}
          {...(isNameTaken && { validateStatus: "error" as const, help: error.message })}
        >
          <Input maxLength={60} autoFocus autoComplete="off" placeholder={t("nameHint")} />
        </Form.Item>
        <Form.Item name="description" label={t("description")}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="permissions"
          label={t("permissions")}
          extra={t("ownOnly")}
          rules={[{ required: true, type: "array", min: 1, message: t("permissionsMissing") }]}
        >
          <PermissionChecks />
        </Form.Item>
      </Form>
    </Modal>
  );
}
