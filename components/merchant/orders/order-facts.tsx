"use client";

import { useLocale, useTranslations } from "next-intl";
import type { OrderStory } from "../api/orders.ts";
import { Copyable, CopyButton } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import styles from "./orders.module.css";

export function OrderFacts({ story }: { story: OrderStory }) {
  const t = useTranslations("dashboard.order.facts");
  const methods = useTranslations("dashboard.methods");
  const locale = useLocale();
  const { order, fee } = story;
  const attempt = story.attempts.find(({ id }) => id === order.latest_attempt);
  const isPayable = order.status === "pending" || order.status === "processing";
  const sum = (minor: number) => <Money minor={minor} currency={order.currency} />;
  const card = attempt?.details?.last4 && `${brandName(attempt.details.brand)} •••• ${attempt.details.last4}`.trim();
  return (
    <>
      <Facts
        facts={[
          [
            t("checkout"),
            isPayable && (
              <span className={styles.link}>
                <a href={order.checkout_url} target="_blank" rel="noreferrer">
                  {t("openCheckout")}
                </a>
                <CopyButton text={order.checkout_url} what={t("checkout")} />
              </span>
            ),
          ],
          [t("captured"), order.amount_captured > 0 && sum(order.amount_captured)],
          [t("refunded"), order.amount_refunded > 0 && sum(order.amount_refunded)],
          [t("fee"), fee !== undefined && sum(fee)],
          [t("method"), attempt && methods.has(attempt.method as "card") && methods(attempt.method as "card")],
          [t("card"), card],
          [
            t("fingerprint"),
            attempt?.details?.fingerprint && <Copyable text={attempt.details.fingerprint} what={t("fingerprint")} />,
          ],
          [t("device"), attempt?.device && <Copyable text={attempt.device} what={t("device")} />],
          [t("payer"), attempt?.details?.payer],
          [t("id"), <Copyable key="id" text={order.id} what={t("id")} />],
          [
            t("providerReference"),
            attempt?.provider_reference && <Copyable text={attempt.provider_reference} what={t("providerReference")} />,
          ],
          [t("created"), <Moment key="created" at={order.created_at} isExact />],
          [t("paid"), order.paid_at && <Moment at={order.paid_at} isExact />],
          [t("expires"), isPayable && <Moment at={order.expires_at} isExact />],
          [t("closed"), order.closed_at && <Moment at={order.closed_at} isExact />],
          [t("description"), order.description],
          [t("items"), order.items?.map((item) => `${item.name} × ${item.quantity}`).join(separatorOf(locale))],
          [t("customer"), order.customer && customerText(order.customer, locale)],
          ...Object.entries(order.metadata).map(([name, value]) => [`metadata.${name}`, value] as const),
        ]}
      />
      <div className={styles.rawOrder}>
        <RawData data={order} />
      </div>
    </>
  );
}

const separatorOf = (locale: string) => (locale.startsWith("zh") ? "、" : ", ");

/** `visa` as the scheme writes itself; `unionpay` and the like by their first letter only. */
function brandName(brand: string | undefined): string {
  return brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : "";
}

function customerText({ country, ...others }: NonNullable<OrderStory["order"]["customer"]>, locale: string): string {
  const place = country && new Intl.DisplayNames([locale], { type: "region" }).of(country);
  return [...Object.values(others), place].filter(Boolean).join(separatorOf(locale));
}
