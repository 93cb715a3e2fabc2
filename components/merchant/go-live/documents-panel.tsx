"use client";

import { DeleteOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Upload } from "antd";
import { useTranslations } from "next-intl";
import { documentKinds } from "#lib/onboarding/document-kinds";
import { type Application, useApplicationChanges } from "../api/application.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./go-live.module.css";

/** Papers by kind; those that are needed are said to be. */
export function DocumentsPanel({ application, isOpen }: { application: Application; isOpen: boolean }) {
  const t = useTranslations("dashboard.goLive.documents");
  const { add, remove, open } = useApplicationChanges();
  const error = add.error ?? remove.error ?? open.error;
  return (
    <Panel title={t("title")}>
      <p className={styles.soft}>{t("help")}</p>
      {error && <ProblemAlert error={error} />}
      <ul className={styles.papers}>
        {documentKinds.map((kind) => (
          <li key={kind}>
            <div>
              <strong>{t(`kinds.${kind}`)}</strong>{" "}
              {application.needed_documents.includes(kind) && <span className={styles.soft}>{t("needed")}</span>}
              {application.documents
                .filter((paper) => paper.kind === kind)
                .map((paper) => (
                  <div key={paper.id}>
                    <Button type="link" size="small" onClick={() => open.mutate({ id: paper.id, name: paper.name })}>
                      {paper.name}
                    </Button>
                    {isOpen && (
                      <Button
                        type="text"
                        size="small"
                        icon={<DeleteOutlined aria-hidden />}
                        aria-label={t("remove", { name: paper.name })}
                        onClick={() => remove.mutate(paper.id)}
                      />
                    )}
                  </div>
                ))}
            </div>
            {isOpen && (
              <Upload
                accept=".pdf,.png,.jpg,.jpeg"
                showUploadList={false}
                beforeUpload={(file) => {
                  add.mutate({ kind, file });
                  return false;
                }}
              >
                <Button
                  icon={<UploadOutlined aria-hidden />}
                  aria-label={t("uploadOf", { kind: t(`kinds.${kind}`) })}
                  loading={add.isPending && add.variables.kind === kind}
                >
                  {t("upload")}
                </Button>
              </Upload>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
