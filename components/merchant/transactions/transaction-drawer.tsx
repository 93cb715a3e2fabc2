"use client";

import { Drawer } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Transaction } from "../api/transactions.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import { useKindName } from "./ledger-words.ts";
import styles from "./transactions.module.css";
import { TransferList } from "./transfer-list.tsx";

/** One booking in full. */
export function TransactionDrawer({ of, onClose }: { of: Transaction; onClose: () => void }) {
  const t = useTranslations("dashboard.transactions");
  const kindName = useKindName();
  const sum = (minor: number) => of.currency && <Money minor={minor} currency={of.currency} />;
  return (
    <Drawer open onClose={onClose} title={kindName(of.kind)} size={480}>
      <Facts
        facts={[
          [t("columns.amount"), of.amount !== 0 && sum(of.amount)],
          [t("columns.fee"), of.fee !== 0 && sum(of.fee)],
          [t("columns.net"), sum(of.net)],
          [
            t("columns.order"),
            of.order && (
              <Link href={`/dashboard/orders/${of.order}`} prefetch={false}>
                {of.order}
              </Link>
            ),
          ],
          [t("columns.occurred"), <Moment key="occurred" at={of.occurred_at} isExact />],
          [t("columns.booked"), <Moment key="booked" at={of.created_at} isExact />],
          [t("columns.id"), <Copyable key="id" text={of.id} what={t("columns.id")} />],
          [t("columns.reference"), <Copyable key="reference" text={of.reference} what={t("columns.reference")} />],
        ]}
      />
      <h3 className={styles.heading}>{t("transfers")}</h3>
      <TransferList transfers={of.transfers} />
      <RawData data={of} />
    </Drawer>
  );
}
