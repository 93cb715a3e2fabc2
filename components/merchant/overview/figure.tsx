"use client";

import { ArrowDownOutlined, ArrowUpOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatShare } from "./numbers.ts";
import styles from "./overview.module.css";

export const figureNames = ["gross", "payments", "successRate", "refundRate", "pending", "available"] as const;
export type FigureName = (typeof figureNames)[number];

export interface Change {
  /** Of before, or of a hundred where the figure is itself a share. */
  readonly by: number;
  readonly unit: "share" | "points";
}

interface Props {
  readonly name: FigureName;
  readonly value: ReactNode;
  readonly change?: Change | undefined;
  /** What it was in the period before, as text. */
  readonly before?: string | undefined;
}

/** One number, how it changed, and one click away what exactly it counts. */
export function Figure({ name, value, change, before }: Props) {
  const t = useTranslations("dashboard.overview");
  const title = t(`figures.${name}.name`);
  return (
    <div className={styles.figure}>
      <dt>
        {title}
        <Popover
          trigger="click"
          placement="bottom"
          title={title}
          content={<p className={styles.definition}>{t(`figures.${name}.definition`)}</p>}
        >
          <Button
            type="text"
            size="small"
            className={styles.what}
            icon={<QuestionCircleOutlined aria-hidden />}
            aria-label={t("definitionOf", { name: title })}
          />
        </Popover>
      </dt>
      <dd>{value}</dd>
      <dd className={styles.change}>
        {change && <ChangeText name={name} change={change} before={before} />}
        {!change && before && t("change.previously", { before })}
      </dd>
    </div>
  );
}

/** Where more is worse. */
const unwelcome: readonly FigureName[] = ["refundRate"];
/** A change smaller than this is none to a reader. */
const least = 0.0005;

function ChangeText({ name, change, before }: { name: FigureName; change: Change; before: string | undefined }) {
  const t = useTranslations("dashboard.overview.change");
  const locale = useLocale();
  if (Math.abs(change.by) < least) return <>{t("same")}</>;
  const isUp = change.by > 0;
  const isGood = isUp !== unwelcome.includes(name);
  const size =
    change.unit === "share"
      ? formatShare(locale, Math.abs(change.by))
      : t("points", {
          points: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.abs(change.by) * 100),
        });
  return (
    <>
      <span className={isGood ? styles.good : styles.bad}>
        {isUp ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />} {t(isUp ? "up" : "down", { size })}
      </span>
      {before && <span className={styles.before}>{t("before", { before })}</span>}
    </>
  );
}
