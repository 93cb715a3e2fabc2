"use client";

import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover, Segmented } from "antd";
import { useTranslations } from "next-intl";
import styles from "./pieces.module.css";
import type { Look } from "./use-list-look.ts";

interface Props {
  readonly columns: readonly { readonly key: string; readonly name: string }[];
  /** Of the list itself, where nothing was chosen. */
  readonly own: readonly string[];
  readonly look: Look;
  readonly onChange: (look: Look) => void;
}

/** Which columns a list shows, and how tight its rows stand. */
export function LookMenu({ columns, own, look, onChange }: Props) {
  const t = useTranslations("dashboard.list.look");
  const shown = look.columns.length > 0 ? look.columns : own;
  const toggle = (key: string, isShown: boolean) => {
    const next = columns.map((column) => column.key).filter((name) => (name === key ? isShown : shown.includes(name)));
    if (next.length > 0) onChange({ ...look, columns: next });
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className={styles.look}>
          <Segmented
            block
            aria-label={t("density")}
            value={look.density}
            onChange={(density) => onChange({ ...look, density })}
            options={(["comfortable", "compact"] as const).map((value) => ({ value, label: t(value) }))}
          />
          <fieldset>
            <legend>{t("columns")}</legend>
            {columns.map(({ key, name }) => (
              <Checkbox
                key={key}
                checked={shown.includes(key)}
                disabled={shown.length === 1 && shown.includes(key)}
                onChange={(event) => toggle(key, event.target.checked)}
              >
                {name}
              </Checkbox>
            ))}
          </fieldset>
          <Button type="link" onClick={() => onChange({ columns: [], density: "comfortable" })}>
            {t("reset")}
          </Button>
        </div>
      }
    >
      <Button className={styles.wideOnly} icon={<SettingOutlined aria-hidden />} aria-label={t("open")} />
    </Popover>
  );
}
