"use client";

import { ArrowRightOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { Transfer } from "../api/transactions.ts";
import { Money } from "../pieces/money.tsx";
import { useAccountName } from "./ledger-words.ts";
import styles from "./transactions.module.css";

/** The transfers of a booking: both accounts by their names, each with its side, as the book has them. */
export function TransferList({ transfers }: { transfers: readonly Transfer[] }) {
  const t = useTranslations("dashboard.transactions");
  const accountName = useAccountName();
  return (
    <ul className={styles.transfers} aria-label={t("transfers")}>
      {transfers.map((transfer) => (
        <li key={transfer.id}>
          <strong>
            <Money minor={transfer.amount} currency={transfer.currency} />
          </strong>
          <span>
            <span title={transfer.debit}>
              {accountName(transfer.debit)} <small>{t("debit")}</small>
            </span>{" "}
            <ArrowRightOutlined aria-label={t("to")} />{" "}
            <span title={transfer.credit}>
              {accountName(transfer.credit)} <small>{t("credit")}</small>
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
