"use client";

import { App, Form, Modal } from "antd";
import { useTranslations } from "next-intl";
import { isPermission, type Permission } from "#lib/access/permissions";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { ApiProblem } from "../api/problem.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { AddressesField, LabelField, PermissionsField } from "./key-fields.tsx";

interface Fields {
  readonly label: string;
  readonly permissions?: Permission[];
  readonly allowed_ips: string[];
}

export function EditKeyModal({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { message } = App.useApp();
  const { update } = useApiKeyActions();
  const problem = update.error instanceof ApiProblem ? update.error : undefined;
  const isAddressWrong = problem?.param?.startsWith("allowed_ips") ?? false;
  const submit = async ({ label, ...fields }: Fields) => {
    const input = { ...fields, label: label.trim() };
    const saved = await update.mutateAsync({ id: apiKey.id, input }).catch(() => undefined);
    if (!saved) return;
    message.success(t("saved"));
    onClose();
  };
  return (
    <Modal
      open
      width={640}
      title={t("editTitle", { label: apiKey.label })}
      onCancel={onClose}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "edit-key", loading: update.isPending }}
    >
      <Form<Fields>
        id="edit-key"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          label: apiKey.label,
          allowed_ips: apiKey.allowed_ips,
          permissions: apiKey.permissions?.filter(isPermission),
        }}
        onFinish={submit}
      >
        {update.error && !isAddressWrong && (
          <Form.Item>
            <ProblemAlert error={update.error} />
          </Form.Item>
        )}
        <LabelField />
        {apiKey.kind === "restricted" && <PermissionsField />}
        <AddressesField problem={isAddressWrong ? problem?.message : undefined} />
      </Form>
    </Modal>
  );
}
