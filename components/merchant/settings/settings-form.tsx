"use client";

import { App, Button, Form, Input, InputNumber, Radio, Select } from "antd";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ApiProblem } from "../api/problem.ts";
import { type Settings, type SettingsChange, useSettings } from "../api/settings.ts";
import { formatExact } from "../format.ts";
import { Facts } from "../pieces/facts.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { NoticeFields } from "./notice-fields.tsx";
import styles from "./settings.module.css";

type Fields = Required<SettingsChange>;

const fieldNames = [
  "name",
  "time_zone",
  "order_lifetime_minutes",
  "late_payment",
  "second_payment",
  "notice_emails",
  "notices",
  "notice_language",
] as const satisfies readonly (keyof Fields)[];
const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value, label: value.replaceAll("_", " ") }));

/** Each setting with what follows from it. */
export function SettingsForm({ saved }: { saved: Settings }) {
  const t = useTranslations("dashboard.settings");
  const locale = useLocale();
  const router = useRouter();
  const { message } = App.useApp();
  const { can } = useSession();
  const { change } = useSettings();
  const [form] = Form.useForm<Fields>();
  const zone = Form.useWatch("time_zone", form) ?? saved.time_zone;
  const isEditable = can("settings:write");
  const save = (fields: Fields) =>
    change.mutate(
      { ...fields, name: fields.name.trim() },
      {
        onSuccess: () => {
          message.success(t("saved"));
          // The name in the frame and the zone of every time come with the page.
          router.refresh();
        },
        onError: (problem) => {
          const name =
            problem instanceof ApiProblem && fieldNames.find((field) => problem.param?.split(".")[0] === field);
          if (name) form.setFields([{ name, errors: [problem.message] }]);
        },
      },
    );
  return (
    <Form<Fields>
      form={form}
      className={styles.form}
      layout="vertical"
      requiredMark={false}
      disabled={!isEditable}
      initialValues={saved}
      onFinish={save}
    >
      <Form.Item
        name="name"
        label={t("name")}
        extra={t("nameHelp")}
        rules={[{ required: true, whitespace: true, max: 200, message: t("nameMissing") }]}
      >
        <Input maxLength={200} autoComplete="organization" />
      </Form.Item>
      <Form.Item
        name="time_zone"
        label={t("zone")}
        extra={t("zoneHelp", { now: formatExact(locale, new Date(), zone) })}
      >
        <Select showSearch options={zones} />
      </Form.Item>
      <Form.Item
        name="order_lifetime_minutes"
        label={t("lifetime")}
        extra={t("lifetimeHelp")}
        rules={[{ required: true, type: "integer", min: 5, max: 43_200, message: t("lifetimeWrong") }]}
      >
        <InputNumber precision={0} suffix={t("minutes")} style={{ width: 180 }} />
      </Form.Item>
      {(["late", "second"] as const).map((rule) => (
        <Form.Item
          key={rule}
          name={`${rule}_payment`}
          label={
            <span>
              {t(rule)}
              <span className={styles.help}>{t(`${rule}Help`)}</span>
            </span>
          }
        >
          <Radio.Group
            vertical
            options={(["refund", "accept"] as const).map((value) => ({
              value,
              label: (
                <>
                  {t(`${rule}Choices.${value}.name`)}
                  <span className={styles.help}>{t(`${rule}Choices.${value}.help`)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
      ))}
      <NoticeFields />
      <Facts
        facts={[
          [t("fee"), t(saved.fee_returned_on_refund ? "feeReturned" : "feeKept")],
          [t("id"), <code key="id">{saved.merchant}</code>],
        ]}
      />
      {change.error && <ProblemAlert error={change.error} />}
      {isEditable && (
        <Button type="primary" htmlType="submit" loading={change.isPending} className={styles.save}>
          {t("save")}
        </Button>
      )}
    </Form>
  );
}
