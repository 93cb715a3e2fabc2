"use client";

import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Button, Modal, Radio } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type ApplicationFile, useApplicationActions } from "../api/merchants.ts";
import styles from "../merchants/merchants.module.css";
import { ReasonField } from "../pieces/reason-field.tsx";

type Check = ApplicationFile["checks"][number];

/** Each item with who found what; all have to be in order before anybody can approve. */
export function ChecksPanel({ file, isOpen }: { file: ApplicationFile; isOpen: boolean }) {
  const t = useTranslations("console.applications");
  const [item, setItem] = useState<Check["item"]>();
  const done = file.checks.filter((check) => check.is_done).length;
  return (
    <Panel title={t("checks", { done, all: file.checks.length })}>
      <ul className={styles.list}>
        {file.checks.map((check) => (
          <li key={check.item}>
            <span className={styles.head}>
              <span>
                <CheckSign check={check} /> <strong>{t(`items.${check.item}.name`)}</strong>
              </span>
              {isOpen && (
                <Button size="small" onClick={() => setItem(check.item)}>
                  {t("check")}
                </Button>
              )}
            </span>
            {check.note && <p>{check.note}</p>}
            {check.operator && check.checked_at && (
              <span className={styles.soft}>
                {check.operator} · <Moment at={check.checked_at} />
                {check.is_passed && !check.is_done && ` · ${t("before")}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      {item && <CheckModal id={file.id} item={item} onClose={() => setItem(undefined)} />}
    </Panel>
  );
}

function CheckSign({ check }: { check: Check }) {
  const t = useTranslations("console.applications.signs");
  if (check.is_done) return <CheckCircleOutlined style={{ color: "var(--success)" }} aria-label={t("done")} />;
  if (check.is_passed === false) {
    return <CloseCircleOutlined style={{ color: "var(--failure)" }} aria-label={t("failed")} />;
  }
  return <ClockCircleOutlined style={{ color: "var(--ink-faint)" }} aria-label={t("open")} />;
}

function CheckModal({ id, item, onClose }: { id: string; item: Check["item"]; onClose: () => void }) {
  const t = useTranslations("console.applications");
  const { check } = useApplicationActions(id);
  const [isPassed, setPassed] = useState<boolean>();
  const [note, setNote] = useState("");
  const submit = () =>
    isPassed !== undefined && check.mutate({ item, is_passed: isPassed, note: note.trim() }, { onSuccess: onClose });
  return (
    <Modal
      open
      title={t(`items.${item}.name`)}
      onCancel={onClose}
      onOk={submit}
      okText={t("keep")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: isPassed === undefined || note.trim() === "", loading: check.isPending }}
    >
      <div className={styles.form}>
        {check.error && <ProblemAlert error={check.error} />}
        <p>{t(`items.${item}.help`)}</p>
        <Radio.Group
          aria-label={t("result")}
          value={isPassed}
          onChange={(event) => setPassed(event.target.value)}
          options={[
            { value: true, label: t("passed") },
            { value: false, label: t("notPassed") },
          ]}
        />
        <ReasonField label={t("found")} value={note} onChange={setNote} />
      </div>
    </Modal>
  );
}
