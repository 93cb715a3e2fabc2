"use client";

import { App, Form, Input, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { type OperatorRole, operatorRoles } from "#lib/operator/permissions";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useOperatorActions } from "../api/operators.ts";

interface Values {
  readonly name: string;
  readonly email: string;
  readonly role: OperatorRole;
}

export function AddOperatorModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("console.operators");
  const roleName = useTranslations("console.shell.roles");
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { add } = useOperatorActions();
  const submit = async (values: Values) => {
    const made = await add.mutateAsync(values).catch(() => undefined);
    if (!made) return;
    message.success(t("added"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("add")}
      cancelText={t("cancel")}
      okButtonProps={{ loading: add.isPending }}
    >
      {add.error && <ProblemAlert error={add.error} />}
      <p>{t("addHelp")}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "support" }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t("columns.name")} rules={[{ required: true, message: t("nameMissing") }]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t("email")}
          rules={[{ required: true, type: "email", message: t("emailMissing") }]}
        >
          <Input type="email" maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t("columns.role")}>
          <Select options={operatorRoles.map((role) => ({ value: role, label: roleName(role) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
