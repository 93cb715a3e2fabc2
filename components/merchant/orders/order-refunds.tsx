"use client";

import { useTranslations } from "next-intl";
import type { OrderStory } from "../api/orders.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import styles from "./orders.module.css";

export function OrderRefunds({ story }: { story: OrderStory }) {
  const t = useTranslations("dashboard.order.refunds");
  if (story.refunds.length === 0) return null;
  return (
    <Panel title={t("title")}>
      <ul className={styles.refunds} aria-label={t("title")}>
        {story.refunds.map((refund) => (
          <li key={refund.id}>
            <strong>
              <Money minor={refund.amount} currency={refund.currency} />
            </strong>
            <StateTag state={refund.status} />
            <span className={styles.refundNumber}>
              <Copyable text={refund.merchant_refund_no} what={t("number")} />
            </span>
            <Moment at={refund.created_at} />
            {refund.fee_returned > 0 && (
              <p>
                {t("feeReturned")} <Money minor={refund.fee_returned} currency={refund.currency} />
              </p>
            )}
            {refund.provider_reference && (
              <p>
                {t("providerReference")} <Copyable text={refund.provider_reference} what={t("providerReference")} />
              </p>
            )}
            {(refund.reason || refund.source !== "merchant" || refund.failure_code) && (
              <p>
                {refund.source !== "merchant" && t(`sources.${refund.source}`)} {refund.reason}
                {refund.failure_code && t("failed", { code: refund.failure_code })}
              </p>
            )}
            <div className={styles.rawRefund}>
              <RawData data={refund} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
