"use client";

import { DownloadOutlined, LineChartOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Segmented, Tooltip } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import styles from "./charts.module.css";
import { saveCsv } from "./csv.ts";

/** The figures behind a chart. `text` is for people, `value` for the file: plain decimals and ISO dates. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly Cell[] }[];
}
export interface Cell {
  readonly text: ReactNode;
  readonly value: string | number;
}

interface Props {
  /** The finding, in a sentence. */
  readonly title: string;
  readonly note?: string;
  readonly table: ChartTable;
  /** Of the file, without its ending. */
  readonly fileName: string;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its finding on top, and the same figures as a table or a file. */
export function ChartPanel(props: Props) {
  const t = useTranslations("dashboard.charts");
  const [view, setView] = useState<"chart" | "table">("chart");
  const titleId = useId();
  const save = () =>
    saveCsv(`${props.fileName}.csv`, [
      props.table.head,
      ...props.table.rows.map(({ cells }) => cells.map(({ value }) => value)),
    ]);
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div>
          <h2 id={titleId}>{props.title}</h2>
          {props.note && <p>{props.note}</p>}
        </div>
        <div className={styles.tools}>
          {props.controls}
          <span className={styles.view}>
            <Segmented
              size="small"
              aria-label={t("view")}
              value={view}
              onChange={setView}
              options={[
                { value: "chart", icon: <LineChartOutlined aria-label={t("chart")} />, title: t("chart") },
                { value: "table", icon: <TableOutlined aria-label={t("table")} />, title: t("table") },
              ]}
            />
            <Tooltip title={t("csv")}>
              <Button
                size="small"
                type="text"
                icon={<DownloadOutlined aria-hidden />}
                aria-label={t("csv")}
                onClick={save}
              />
            </Tooltip>
          </span>
        </div>
      </header>
      {view === "chart" ? props.children : <Figures table={props.table} labelledBy={titleId} />}
    </section>
  );
}

function Figures({ table, labelledBy }: { table: ChartTable; labelledBy: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.figures} tabIndex={0} aria-labelledby={labelledBy}>
      <table>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map(({ text }, column) =>
                column === 0 ? (
                  <th key={table.head[column]} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={table.head[column]}>{text}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
