"use client";

import { Form, Input, Modal, Radio } from "antd";
import { useTranslations } from "next-intl";
import { permissions as all, type Permission } from "#lib/access/permissions";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { ApiProblem } from "../api/problem.ts";
import { dayStart } from "../format.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./api-keys.module.css";
import { AddressesField, LabelField, PermissionsField } from "./key-fields.tsx";
import { MadeKeyModal } from "./made-key-modal.tsx";

interface Fields {
  readonly kind: ApiKey["kind"];
  readonly label: string;
  readonly permissions?: Permission[];
  readonly allowed_ips?: string[];
  /** A day in the merchant's zone: the key works up to its end. */
  readonly lastDay?: string;
}

/** Makes a key and shows it, this once. */
export function CreateKeyModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { permissions: own, merchant } = useSession();
  const { create } = useApiKeyActions();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form);
  // A key never may more than who makes it, and a secret key may everything.
  const kinds = (["secret", "restricted", "publishable"] as const).filter(
    (one) => one !== "secret" || all.every((permission) => own.includes(permission)),
  );
  if (create.data) return <MadeKeyModal made={create.data} onClose={onClose} />;

  const problem = create.error instanceof ApiProblem ? create.error : undefined;
  const isAddressWrong = problem?.param?.startsWith("allowed_ips") ?? false;
  const submit = ({ lastDay, label, permissions, ...fields }: Fields) => {
    const expiresAt = lastDay ? dayStart(lastDay, merchant.timeZone, 1) : undefined;
    create.mutate({
      ...fields,
      label: label.trim(),
      ...(fields.kind === "restricted" && permissions && { permissions }),
      ...(expiresAt && { expires_at: expiresAt.toISOString() }),
    });
  };
  return (
    <Modal
      open
      width={640}
      title={t("create")}
      onCancel={onClose}
      okText={t("create")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "create-key", loading: create.isPending }}
    >
      <Form<Fields>
        id="create-key"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: kinds[0] }}
        onFinish={submit}
      >
        {create.error && !isAddressWrong && (
          <Form.Item>
            <ProblemAlert error={create.error} />
          </Form.Item>
        )}
        <LabelField />
        <Form.Item name="kind" label={t("columns.kind")}>
          <Radio.Group
            vertical
            options={kinds.map((value) => ({
              value,
              label: (
                <>
                  {t(`kinds.${value}.name`)} <span className={styles.help}>{t(`kinds.${value}.help`)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
        {kind === "restricted" && <PermissionsField />}
        <AddressesField problem={isAddressWrong ? problem?.message : undefined} />
        <Form.Item name="lastDay" label={t("lastDay")} extra={t("lastDayHelp", { zone: merchant.timeZone })}>
          <Input type="date" style={{ width: 180 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
