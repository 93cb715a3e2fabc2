"use client";

import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Custody, useCustody } from "../api/custody.ts";
import styles from "./custody.module.css";

/** Where merchants' money lies and to whom it belongs: the two sides of each currency beside each other. */
export function CustodyPage() {
  const t = useTranslations("console.custody");
  const custody = useCustody();
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {custody.error ? <ProblemAlert error={custody.error} onRetry={custody.refetch} /> : null}
      {!custody.data && !custody.error && <Skeleton active />}
      {custody.data?.data.length === 0 && <Empty title={t("nothing")} />}
      {custody.data?.data.map((world) => (
        <World key={world.id} world={world} />
      ))}
    </>
  );
}

function World({ world }: { world: Custody }) {
  const t = useTranslations("console.custody");
  const { currency, difference, held, owed, own } = world;
  const total = (lines: Custody["held"]) => lines.reduce((sum, { balance }) => sum + balance, 0);
  return (
    <Panel
      title={`${currency} · ${t(world.livemode ? "live" : "test")}`}
      action={
        <span className={styles.verdict} data-sound={difference === 0 || undefined}>
          {difference === 0 ? <CheckCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}
          {difference === 0 ? t("sound") : t("unsound")}
          {difference !== 0 && <Money minor={difference} currency={currency} isCodeHidden />}
        </span>
      }
    >
      <div className={styles.sides}>
        <Side title={t("held")} lines={held} total={total(held)} currency={currency} />
        <Side
          title={t("owed")}
          lines={[...owed, { code: "own", accounts: 0, balance: own }]}
          total={total(owed) + own}
          currency={currency}
        />
      </div>
    </Panel>
  );
}

function Side(props: {
  readonly title: string;
  readonly lines: Custody["held"];
  readonly total: number;
  readonly currency: string;
}) {
  const t = useTranslations("console.custody");
  const nameOf = useLineName();
  return (
    <table className={styles.side}>
      <caption>{props.title}</caption>
      <tbody>
        {props.lines
          .filter(({ balance, code }) => balance !== 0 || code === "own")
          .map((line) => (
            <tr key={line.code}>
              <th scope="row">{nameOf(line.code)}</th>
              <td>
                <Money minor={line.balance} currency={props.currency} isCodeHidden />
              </td>
            </tr>
          ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("total")}</th>
          <td>
            <Money minor={props.total} currency={props.currency} isCodeHidden />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function useLineName(): (code: string) => string {
  const t = useTranslations("console.custody");
  const names = useTranslations("console.custody.accounts");
  const channels = useTranslations("dashboard.channels");
  return (code) => {
    const channel = /^channel:(.+)$/.exec(code)?.[1] as Parameters<typeof channels.has>[0] | undefined;
    if (channel) return t("at", { channel: channels.has(channel) ? channels(channel) : channel });
    const key = code as Parameters<typeof names.has>[0];
    return names.has(key) ? names(key) : code;
  };
}
