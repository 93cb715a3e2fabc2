"use client";

import { Button, Select } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type DeclineReason, declineReasons } from "#lib/channels/channel";
import { testWalletAddress } from "../../checkout/offers.ts";
import type { Attempt, Order } from "../api/orders.ts";
import { type ShopperAct, useSandboxActions } from "../api/sandbox.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./sandbox.module.css";

/** Long enough to see the order wait, and to close it or let it expire meanwhile. */
const slowMs = 10_000;

/** What the test shopper does in the wallet, or at the bank. */
export function ShopperActs({ order, attempt }: { order: Order; attempt: Attempt }) {
  const t = useTranslations("dashboard.sandbox.acts");
  const declines = useTranslations("dashboard.declines");
  const locale = useLocale();
  const { act } = useSandboxActions();
  const [reason, setReason] = useState<DeclineReason>("insufficient_funds");
  const isWaiting =
    attempt.status === "requires_action" || attempt.status === "processing" || attempt.status === "unknown";
  if (!isWaiting) return <p className={styles.soft}>{t("nothing")}</p>;
  const wallet = attempt.action
    ? testWalletAddress(attempt.method, attempt.action, { path: `/pay/${order.id}`, locale })
    : undefined;
  const run = (deed: ShopperAct) => act.mutate({ order: order.id, act: deed });
  return (
    <div className={styles.stack}>
      <p className={styles.soft}>{t("title")}</p>
      <div className={styles.row}>
        <Button type="primary" loading={act.isPending} onClick={() => run({ act: "pay" })}>
          {t("pay")}
        </Button>
        <Button disabled={act.isPending} onClick={() => run({ act: "pay", after_ms: slowMs })}>
          {t("paySlowly", { seconds: slowMs / 1_000 })}
        </Button>
        <Button disabled={act.isPending} onClick={() => run({ act: "cancel" })}>
          {t("cancel")}
        </Button>
        {wallet && (
          <Button type="link" href={wallet} target="_blank" rel="noopener">
            {t("wallet")}
          </Button>
        )}
      </div>
      <div className={styles.row}>
        <Select
          className={styles.reason}
          aria-label={t("reason")}
          value={reason}
          options={declineReasons.map((value) => ({ value, label: declines.has(value) ? declines(value) : value }))}
          onChange={setReason}
        />
        <Button danger disabled={act.isPending} onClick={() => run({ act: "fail", reason })}>
          {t("fail")}
        </Button>
      </div>
      {act.error && <ProblemAlert error={act.error} />}
    </div>
  );
}
