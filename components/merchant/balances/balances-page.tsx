"use client";

import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type Balance, type BalancePart, balanceParts, useBalances } from "../api/balances.ts";
import { Empty } from "../pieces/empty.tsx";
import { Money } from "../pieces/money.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./balances.module.css";

export function BalancesPage() {
  const t = useTranslations("dashboard.balances");
  const balances = useBalances();
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          <Link href="/dashboard/transactions" prefetch={false}>
            {t("transactions")}
          </Link>
        }
      />
      {balances.error ? <ProblemAlert error={balances.error} onRetry={() => void balances.refetch()} /> : null}
      {balances.data ? (
        balances.data.data.map((balance) => <BalancePanel key={balance.currency} balance={balance} />)
      ) : (
        <Skeleton active />
      )}
      {balances.data?.data.length === 0 && (
        <Panel>
          <Empty title={t("none")}>
            <p>{t("noneHelp")}</p>
          </Empty>
        </Panel>
      )}
    </>
  );
}

/** Pending and available always; the others only while there is something in them. */
function BalancePanel({ balance }: { balance: Balance }) {
  const t = useTranslations("dashboard.balances.parts");
  const links = useTranslations("dashboard.balances");
  const shown = balanceParts.filter((part) => part === "pending" || part === "available" || balance[part] !== 0);
  return (
    <Panel title={balance.currency}>
      <dl className={styles.parts}>
        {shown.map((part) => (
          <div key={part}>
            <dt>{t(`${part}.name`)}</dt>
            <dd>
              <Money minor={balance[part]} currency={balance.currency} isCodeHidden />
            </dd>
            <dd className={styles.help}>{t(`${part}.help`)}</dd>
            <dd className={styles.more}>
              <Link
                href={`/dashboard/balances/statement?account=${accountOf(part)}&currency=${balance.currency}`}
                aria-label={links("statementOf", { part: t(`${part}.name`), currency: balance.currency })}
                prefetch={false}
              >
                {links("statement")}
              </Link>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** The account of the book behind a part of the balance. */
function accountOf(part: BalancePart): string {
  return part.endsWith("_in_transit") ? part : `merchant_${part}`;
}
