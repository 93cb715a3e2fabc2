"use client";

import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { currencyCodes } from "#lib/kernel/currency";
import { countries } from "#lib/merchants/countries";
import { categories } from "#lib/onboarding/categories";
import type { Facts } from "#lib/onboarding/facts";
import { useApplicationChanges } from "../api/application.ts";
import { ApiProblem } from "../api/problem.ts";
import { parseMoney, plainMoney } from "../format.ts";
import { MoneyInput } from "../pieces/money-input.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useCountryName } from "./application-facts.tsx";
import styles from "./go-live.module.css";
import { OwnerFields } from "./owner-fields.tsx";

type Fields = Omit<Facts, "monthly_volume"> & { readonly monthly_volume?: string };

function fieldsOf({ monthly_volume, ...facts }: Facts): Fields {
  const currency = facts.volume_currency ?? (facts.country === "CN" ? "CNY" : "USD");
  return {
    ...facts,
    volume_currency: currency,
    ...(monthly_volume !== undefined && { monthly_volume: plainMoney(monthly_volume, currency) }),
  };
}

/** What was typed; a field that was left empty is not sent. */
function factsOf({ monthly_volume, ...fields }: Fields): Facts {
  const minor = parseMoney(monthly_volume ?? "", fields.volume_currency ?? "CNY");
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
  return { ...given, ...(minor !== undefined && minor >= 0 && { monthly_volume: minor }) };
}

/** Company, people, business and bank; saved as often as wanted. */
export function FactsForm({ facts }: { facts: Facts }) {
  const t = useTranslations("dashboard.goLive");
  const categoryName = useTranslations("dashboard.goLive.categories");
  const { message } = App.useApp();
  const { save } = useApplicationChanges();
  const [form] = Form.useForm<Fields>();
  const currency = Form.useWatch("volume_currency", form) ?? "CNY";
  const bankCountry = Form.useWatch("bank_country", form);
  const noOwner = Form.useWatch("no_owner", form);
  const submit = (fields: Fields) =>
    save.mutate(factsOf(fields), {
      onSuccess: () => message.success(t("saved")),
      onError: (problem) => {
        const name = problem instanceof ApiProblem && (problem.param?.split(".")[0] as keyof Fields | undefined);
        if (name) form.setFields([{ name, errors: [problem.message] }]);
        if (name) form.scrollToField(name, { block: "center" });
      },
    });
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={fieldsOf(facts)}
      onFinish={submit}
      className={styles.form ?? ""}
    >
      <Panel title={t("company")}>
        <div className={styles.grid}>
          <TextField name="legal_name" />
          <TextField name="registration_number" extra={t("registrationHelp")} />
          <CountryField name="country" />
          <TextField name="address" />
          <TextField name="representative" extra={t("representativeHelp")} />
        </div>
        <Form.Item name="no_owner" valuePropName="checked">
          <Checkbox>{t("noOwner")}</Checkbox>
        </Form.Item>
        {!noOwner && <OwnerFields />}
      </Panel>
      <Panel title={t("business")}>
        <div className={styles.grid}>
          <Form.Item name="category" label={t("fields.category")}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={categories.map((value) => ({ value, label: `${categoryName(value)} (${value})` }))}
            />
          </Form.Item>
          <TextField name="website" />
          <Form.Item name="monthly_volume" label={t("fields.monthly_volume")}>
            <MoneyInput currency={currency} />
          </Form.Item>
          <Form.Item name="volume_currency" label={t("fields.volume_currency")}>
            <Select showSearch options={currencyCodes.map((value) => ({ value, label: value }))} />
          </Form.Item>
        </div>
        <Form.Item name="business" label={t("fields.business")}>
          <Input.TextArea rows={3} maxLength={1_000} />
        </Form.Item>
      </Panel>
      <Panel title={t("bank")}>
        <div className={styles.grid}>
          <CountryField name="bank_country" />
          <TextField name="bank_holder" />
          <TextField name="bank_name" />
          <TextField name="bank_account" extra={t(bankCountry === "CN" ? "accountHelpCn" : "accountHelp")} />
          <TextField name="bank_code" extra={t(bankCountry === "CN" ? "codeHelpCn" : "codeHelp")} />
        </div>
        {save.error && <ProblemAlert error={save.error} />}
        <Button htmlType="submit" loading={save.isPending}>
          {t("save")}
        </Button>
      </Panel>
    </Form>
  );
}

type TextName = Exclude<keyof Facts, "owners" | "no_owner" | "monthly_volume">;

function TextField({ name, extra }: { name: TextName; extra?: string }) {
  const t = useTranslations("dashboard.goLive.fields");
  return (
    <Form.Item name={name} label={t(name)} {...(extra && { extra })}>
      <Input maxLength={400} />
    </Form.Item>
  );
}

function CountryField({ name }: { name: "country" | "bank_country" }) {
  const t = useTranslations("dashboard.goLive.fields");
  const countryName = useCountryName();
  return (
    <Form.Item name={name} label={t(name)}>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        options={countries.map((value) => ({ value, label: countryName(value) ?? value }))}
      />
    </Form.Item>
  );
}
