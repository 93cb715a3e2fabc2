"use client";

import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslations } from "next-intl";
import { countries } from "#lib/merchants/countries";
import { useCountryName } from "./application-facts.tsx";
import styles from "./go-live.module.css";

/** More can't hold a quarter each. */
const mostOwners = 4;

/** Those who hold a quarter of the company or more. */
export function OwnerFields() {
  const t = useTranslations("dashboard.goLive");
  const countryName = useCountryName();
  const options = countries.map((value) => ({ value, label: countryName(value) ?? value }));
  return (
    <Form.List name="owners">
      {(rows, { add, remove }) => (
        <fieldset className={styles.owners}>
          <legend>{t("fields.owners")}</legend>
          <p className={styles.soft}>{t("ownersHelp")}</p>
          {rows.map(({ key, name }) => (
            <div key={key} className={styles.owner}>
              <Form.Item
                name={[name, "name"]}
                label={t("owner.name")}
                rules={[{ required: true, message: t("missing") }]}
              >
                <Input maxLength={120} />
              </Form.Item>
              <Form.Item
                name={[name, "country"]}
                label={t("owner.country")}
                rules={[{ required: true, message: t("missing") }]}
              >
                <Select showSearch={{ optionFilterProp: "label" }} options={options} />
              </Form.Item>
              <Form.Item
                name={[name, "share_percent"]}
                label={t("owner.share")}
                rules={[{ required: true, type: "number", min: 25, max: 100, message: t("shareWrong") }]}
              >
                <InputNumber suffix="%" style={{ width: "100%" }} />
              </Form.Item>
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t("owner.remove", { number: name + 1 })}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          {rows.length < mostOwners && (
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add()}>
              {t("owner.add")}
            </Button>
          )}
        </fieldset>
      )}
    </Form.List>
  );
}
