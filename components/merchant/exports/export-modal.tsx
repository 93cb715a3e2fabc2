"use client";

import { Button, Form, Modal, Radio, Select } from "antd";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ExportedList } from "#lib/exports/columns";
import { exportColumns } from "#lib/exports/columns";
import { type Export, type ExportWish, isUnderWay, useExport, useExportActions } from "../api/exports.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { ExportActions } from "./export-actions.tsx";
import { ExportProgress } from "./export-progress.tsx";
import styles from "./exports.module.css";

interface Props {
  readonly list: ExportedList;
  readonly filters: Record<string, string>;
  readonly onClose: () => void;
}

/** Asks how the file should look, then shows how far it is, and offers it. */
export function ExportModal({ list, filters, onClose }: Props) {
  const t = useTranslations("dashboard.exports");
  const { start } = useExportActions();
  const current = useExport(start.data?.id);
  const made = current.data ?? start.data;
  return (
    <Modal
      open
      title={t("modalTitle", { list: t(`lists.${list}`) })}
      onCancel={onClose}
      footer={made ? <Footer of={made} onClose={onClose} /> : null}
      mask={{ closable: false }}
    >
      {made ? (
        <>
          {current.error ? <ProblemAlert error={current.error} onRetry={() => void current.refetch()} /> : null}
          <ExportProgress of={made} />
          {isUnderWay(made) && (
            <p className={styles.soft}>
              {t("goneOn")} <Link href="/dashboard/exports">{t("title")}</Link>
            </p>
          )}
        </>
      ) : (
        <WishForm list={list} filters={filters} start={start} onClose={onClose} />
      )}
    </Modal>
  );
}

function Footer({ of, onClose }: { of: Export; onClose: () => void }) {
  const t = useTranslations("dashboard.exports");
  return (
    <>
      <Button onClick={onClose}>{t("close")}</Button>
      <ExportActions of={of} />
    </>
  );
}

interface Fields {
  readonly format: "csv" | "xlsx";
  readonly columns?: string[];
}

function WishForm(props: Props & { start: ReturnType<typeof useExportActions>["start"] }) {
  const { list, filters, start, onClose } = props;
  const t = useTranslations("dashboard.exports");
  const locale = useLocale();
  const keyFor = useIdempotencyKey();
  const [form] = Form.useForm<Fields>();
  const format = Form.useWatch("format", form) ?? "xlsx";

  const submit = ({ columns, ...fields }: Fields) => {
    const wish: ExportWish = {
      object: list,
      format: fields.format,
      filters,
      locale: locale as "en",
      ...(columns?.length && { columns: exportColumns[list].filter((column) => columns.includes(column)) }),
    };
    start.mutate({ wish, key: keyFor(wish) });
  };

  return (
    <Form<Fields> form={form} layout="vertical" initialValues={{ format: "xlsx" }} onFinish={submit}>
      {start.error ? (
        <Form.Item>
          <ProblemAlert error={start.error} />
        </Form.Item>
      ) : null}
      <p className={styles.soft}>{t(Object.keys(filters).length > 0 ? "filtered" : "unfiltered")}</p>
      <Form.Item name="format" label={t("format")} extra={t(`formatHelp.${format}`)}>
        <Radio.Group
          optionType="button"
          options={(["xlsx", "csv"] as const).map((value) => ({ value, label: t(`formats.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="columns" label={t("columnsLabel")}>
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          placeholder={t("allColumns")}
          options={exportColumns[list].map((column) => ({ value: column, label: columnName(t, column) }))}
          showSearch={{ optionFilterProp: "label" }}
        />
      </Form.Item>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={start.isPending}>
          {t("start")}
        </Button>
      </div>
    </Form>
  );
}

type Texts = ReturnType<typeof useTranslations<"dashboard.exports">>;

function columnName(t: Texts, column: string): string {
  const [, base = column, minor] = /^(.*?)(_minor)?$/.exec(column) ?? [];
  const name = t(`columns.${base as "amount"}`);
  return minor ? t("minorUnits", { column: name }) : name;
}
