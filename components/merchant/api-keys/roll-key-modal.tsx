"use client";

import { Form, Modal, Radio } from "antd";
import { useTranslations } from "next-intl";
import { type ApiKey, useApiKeyActions } from "../api/api-keys.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./api-keys.module.css";
import { MadeKeyModal } from "./made-key-modal.tsx";

const hour = 3_600_000;
/** How long the old key works on. */
const overlaps = { none: 0, hour, day: 24 * hour, week: 7 * 24 * hour } as const;
type Overlap = keyof typeof overlaps;

/** Puts a new key in the place of one; the old one works on while servers are moved. */
export function RollKeyModal({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  const { roll } = useApiKeyActions();
  if (roll.data) return <MadeKeyModal made={roll.data} onClose={onClose} />;
  const submit = ({ overlap }: { overlap: Overlap }) => {
    const until = overlaps[overlap] > 0 ? new Date(Date.now() + overlaps[overlap]).toISOString() : undefined;
    roll.mutate({ id: apiKey.id, input: until ? { old_key_expires_at: until } : {} });
  };
  return (
    <Modal
      open
      title={t("rollTitle", { label: apiKey.label })}
      onCancel={onClose}
      okText={t("roll")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "roll-key", loading: roll.isPending }}
    >
      <Form<{ overlap: Overlap }>
        id="roll-key"
        layout="vertical"
        requiredMark={false}
        initialValues={{ overlap: "day" }}
        onFinish={submit}
      >
        {roll.error && (
          <Form.Item>
            <ProblemAlert error={roll.error} />
          </Form.Item>
        )}
        <p className={styles.consequence}>{t("rollConsequence", { hint: apiKey.hint })}</p>
        <Form.Item name="overlap" label={t("overlap")}>
          <Radio.Group
            vertical
            options={(Object.keys(overlaps) as Overlap[]).map((value) => ({ value, label: t(`overlaps.${value}`) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
