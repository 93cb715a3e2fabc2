"use client";

import { App, Button } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { percentOfBasisPoints } from "../../../lib/kernel/money.ts";
import { useMethodName } from "../../merchant/channel-accounts/method-name.ts";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Loan, type PlatformAccountDetail, usePlatformAccountActions } from "../api/platform-accounts.ts";
import { useConsole } from "../session.tsx";
import styles from "./channels.module.css";
import { LoanModal } from "./loan-modal.tsx";

/** Whom the account is lent to, those that it was taken back from last. */
export function LoansPanel({ account }: { account: PlatformAccountDetail }) {
  const t = useTranslations("console.channels.platform");
  const { may } = useConsole();
  const [isLending, setLending] = useState(false);
  return (
    <Panel
      title={t("merchants")}
      action={
        may("platform_accounts:lend") && (
          <Button type="primary" onClick={() => setLending(true)}>
            {t("lend")}
          </Button>
        )
      }
    >
      {account.loans.length === 0 && <p className={styles.soft}>{t("lentToNobody")}</p>}
      <ul className={styles.list}>
        {account.loans.map((loan) => (
          <LoanRow key={loan.id} account={account} loan={loan} />
        ))}
      </ul>
      {isLending && <LoanModal account={account} onClose={() => setLending(false)} />}
    </Panel>
  );
}

function LoanRow({ account, loan }: { account: PlatformAccountDetail; loan: Loan }) {
  const t = useTranslations("console.channels.platform");
  const common = useTranslations("console.channels");
  const methodName = useMethodName();
  const { may } = useConsole();
  const { modal } = App.useApp();
  const { takeBack } = usePlatformAccountActions(account.id);
  const [isChanging, setChanging] = useState(false);
  const { merchant, fee_bps: bps, fee_fixed: fixed } = loan;
  const confirm = () =>
    modal.confirm({
      title: t("takeBackTitle", { merchant: merchant.name }),
      content: t("takeBackConsequence"),
      okText: t("takeBack"),
      okButtonProps: { danger: true },
      cancelText: common("cancel"),
      onOk: () =>
        takeBack.mutate(merchant.id, {
          onError: (error) => modal.error({ title: t("takeBack"), content: <ProblemAlert error={error} /> }),
        }),
    });
  return (
    <li>
      <div className={styles.name}>
        <strong>
          <Link href={`/console/merchants/${merchant.id}`}>{merchant.name}</Link>
        </strong>
        <span>
          {loan.lent_methods.map(methodName).join(", ")} · {t("price", { rate: percentOfBasisPoints(bps), fixed })}
        </span>
        {loan.taken_back_at && (
          <span>
            {t("takenBack")} <Moment at={loan.taken_back_at} />
          </span>
        )}
        {!loan.taken_back_at && loan.status === "disabled" && <span>{t("offAtMerchant")}</span>}
      </div>
      {may("platform_accounts:lend") && !loan.taken_back_at && (
        <span className={styles.buttons}>
          <Button onClick={() => setChanging(true)}>{t("terms")}</Button>
          <Button danger onClick={confirm}>
            {t("takeBack")}
          </Button>
        </span>
      )}
      {isChanging && <LoanModal account={account} loan={loan} onClose={() => setChanging(false)} />}
    </li>
  );
}
