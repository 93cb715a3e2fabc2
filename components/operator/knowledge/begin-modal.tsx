"use client";

import { Form, Input, Modal, Select } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type ArticleCategory, type Draft, useArticleWork } from "../api/knowledge.ts";
import { articleCategories, articleLocales, languageNames } from "./words.tsx";

interface Fields extends Draft {
  readonly slug: string;
  readonly category: ArticleCategory;
}

/** Begins an article; the rest is written on its page. */
export function BeginModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("console.knowledge");
  const categories = useTranslations("dashboard.support.articleCategories");
  const router = useRouter();
  const { create } = useArticleWork();
  const submit = async (fields: Fields) => {
    const made = await create.mutateAsync({ ...fields, body: fields.title }).catch(() => undefined);
    if (made) router.push(`/console/knowledge/${made.id}`);
  };
  return (
    <Modal
      open
      title={t("begin")}
      onCancel={onClose}
      okText={t("begin")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "begin", loading: create.isPending }}
    >
      <Form<Fields>
        id="begin"
        layout="vertical"
        requiredMark={false}
        initialValues={{ locale: "zh-CN", category: "payments" }}
        onFinish={submit}
      >
        {create.error && (
          <Form.Item>
            <ProblemAlert error={create.error} />
          </Form.Item>
        )}
        <Form.Item name="locale" label={t("language")}>
          <Select options={articleLocales.map((value) => ({ value, label: languageNames[value] }))} />
        </Form.Item>
        <Form.Item
          name="title"
          label={t("name")}
          rules={[{ required: true, whitespace: true, message: t("nameMissing") }]}
        >
          <Input maxLength={150} autoFocus />
        </Form.Item>
        <Form.Item
          name="slug"
          label={t("slug")}
          extra={t("slugHelp")}
          rules={[{ required: true, pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, message: t("slugWrong") }]}
        >
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="category" label={t("category")}>
          <Select options={articleCategories.map((value) => ({ value, label: categories(value) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
