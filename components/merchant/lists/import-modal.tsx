"use client";

import { UploadOutlined } from "@ant-design/icons";
import { Alert, App, Button, Form, Input, Modal, Upload } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useZone } from "../../zone.tsx";
import { type ListImported, type ListPlace, useListActions } from "../api/lists.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { type CommonFields, commonOf, EntryFields, firstFields, ReasonFields } from "./entry-fields.tsx";
import styles from "./lists.module.css";

type Fields = CommonFields & { readonly text: string };

const formId = "list-import";
const mostCharacters = 200_000;

/** Many at once, pasted or out of a file; counted first, so that nobody blocks five thousand by mistake. */
export function ImportModal({ place, onClose }: { place: ListPlace; onClose: () => void }) {
  const t = useTranslations("dashboard.blocklists");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const { load } = useListActions(place);
  const [counted, setCounted] = useState<ListImported>();
  const keyFor = useIdempotencyKey();
  const { aheadMs } = useZone();
  const submit = async (fields: Fields) => {
    const input = { ...commonOf(fields, Date.now() + aheadMs), text: fields.text, dry_run: counted === undefined };
    const result = await load.mutateAsync({ input, key: keyFor(input) }).catch(() => undefined);
    if (!result) return;
    if (result.dry_run) return setCounted(result);
    message.success(t("import.done", { count: result.added }));
    onClose();
  };
  const read = (file: File) => {
    void file.text().then((text) => {
      form.setFieldValue("text", text.slice(0, mostCharacters));
      setCounted(undefined);
    });
    return false;
  };
  return (
    <Modal
      open
      width={600}
      title={t("import.open")}
      onCancel={onClose}
      okText={counted ? t("import.confirm", { count: counted.added }) : t("import.count")}
      cancelText={t("cancel")}
      okButtonProps={{
        htmlType: "submit",
        form: formId,
        loading: load.isPending,
        disabled: counted !== undefined && counted.added === 0,
      }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={firstFields}
        onFinish={submit}
        onValuesChange={() => {
          setCounted(undefined);
          load.reset();
        }}
      >
        <EntryFields />
        <Form.Item
          name="text"
          label={t("import.text")}
          extra={t("import.textHelp")}
          rules={[{ required: true, whitespace: true, message: t("valueMissing") }]}
        >
          <Input.TextArea rows={6} maxLength={mostCharacters} spellCheck={false} />
        </Form.Item>
        <Form.Item>
          <Upload accept=".csv,.txt,text/csv,text/plain" beforeUpload={read} showUploadList={false}>
            <Button icon={<UploadOutlined aria-hidden />}>{t("import.file")}</Button>
          </Upload>
        </Form.Item>
        <ReasonFields />
        {load.error ? <ProblemAlert error={load.error} /> : null}
        {counted && <Counted counted={counted} />}
      </Form>
    </Modal>
  );
}

function Counted({ counted }: { counted: ListImported }) {
  const t = useTranslations("dashboard.blocklists.import");
  const { added, present, repeated, invalid, invalid_lines: lines } = counted;
  return (
    <Alert
      type={invalid > 0 ? "warning" : "info"}
      showIcon
      role="status"
      title={t("result", { added, present, repeated, invalid })}
      description={
        lines.length > 0 && (
          <ul className={styles.lines}>
            {lines.map(({ line, text }) => (
              <li key={line}>{t("badLine", { line, text })}</li>
            ))}
          </ul>
        )
      }
    />
  );
}
