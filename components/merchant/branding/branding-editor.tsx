"use client";

import { App, Button, Form, Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Locale, locales } from "#lib/kernel/locale";
import { languageNames } from "../../site/language-switch.tsx";
import { ApiProblem } from "../api/problem.ts";
import { type Branding, type Logo, useBranding } from "../api/settings.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./branding.module.css";
import { CheckoutPreview } from "./checkout-preview.tsx";
import { ColorField } from "./color-field.tsx";
import { LogoField } from "./logo-field.tsx";

interface Fields {
  readonly display_name: string;
  readonly support_email?: string;
  readonly support_phone?: string;
  readonly languages: Locale[];
}

const fieldNames = ["display_name", "support_email", "support_phone", "languages"] as const;

/** The form beside the checkout that it makes; nothing is kept before it is saved. */
export function BrandingEditor({ saved }: { saved: Branding }) {
  const t = useTranslations("dashboard.branding");
  const { message } = App.useApp();
  const { can } = useSession();
  const { change } = useBranding();
  const [form] = Form.useForm<Fields>();
  const [draft, setDraft] = useState(saved);
  const [logo, setLogo] = useState<Logo | null>();
  const isEditable = can("settings:write");

  const save = () =>
    change.mutate(
      {
        display_name: draft.display_name.trim(),
        color: draft.color,
        support_email: draft.support_email?.trim() || null,
        support_phone: draft.support_phone?.trim() || null,
        languages: draft.languages,
        ...(logo !== undefined && { logo: logo?.id ?? null }),
      },
      {
        onSuccess: () => {
          setLogo(undefined);
          message.success(t("saved"));
        },
        onError: (problem) => {
          const name = problem instanceof ApiProblem && fieldNames.find((field) => field === problem.param);
          if (name) form.setFields([{ name, errors: [problem.message] }]);
        },
      },
    );
  return (
    <div className={styles.columns}>
      <Panel>
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          disabled={!isEditable}
          initialValues={saved}
          onValuesChange={(fields: Partial<Branding>) => setDraft({ ...draft, ...fields })}
          onFinish={save}
        >
          <Form.Item
            name="display_name"
            label={t("name")}
            extra={t("nameHelp")}
            rules={[{ required: true, whitespace: true, max: 80, message: t("nameMissing") }]}
          >
            <Input maxLength={80} autoComplete="off" />
          </Form.Item>
          <LogoField
            url={draft.logo}
            onChange={(kept) => {
              setLogo(kept);
              setDraft({ ...draft, logo: kept?.url ?? null });
            }}
          />
          <ColorField value={draft.color} onChange={(color) => setDraft({ ...draft, color })} />
          <Form.Item
            name="support_email"
            label={t("email")}
            extra={t("supportHelp")}
            rules={[{ type: "email", message: t("emailWrong") }]}
          >
            <Input type="email" maxLength={254} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="support_phone"
            label={t("phone")}
            rules={[{ pattern: /^\+?[0-9][0-9 ()-]{4,28}$/, message: t("phoneWrong") }]}
          >
            <Input type="tel" maxLength={30} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="languages"
            label={t("languages")}
            extra={t("languagesHelp")}
            rules={[{ required: true, message: t("languagesMissing") }]}
          >
            <Select mode="multiple" options={locales.map((value) => ({ value, label: languageNames[value] }))} />
          </Form.Item>
          {change.error && <ProblemAlert error={change.error} />}
          {isEditable && (
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {t("save")}
            </Button>
          )}
        </Form>
      </Panel>
      <CheckoutPreview branding={draft} />
    </div>
  );
}
