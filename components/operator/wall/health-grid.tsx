"use client";

import { Skeleton, Tag } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { formatCount, formatShare } from "../../merchant/overview/numbers.ts";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AccountHealth, useChannelHealth, type World } from "../api/overview.ts";
import { successShare } from "../overview/figures.tsx";
import styles from "./wall.module.css";

const order = { bad: 0, watch: 1, good: 2, quiet: 3 } as const;
const colors = { bad: "error", watch: "warning", good: "success", quiet: "default" } as const;

/** A card for each channel account, the worst first. */
export function HealthGrid({ mode, minutes }: { mode: World; minutes: number }) {
  const t = useTranslations("console.wall");
  const { data, error, refetch } = useChannelHealth(mode, minutes);
  if (!data) return error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />;
  const accounts = [...data.accounts].sort(
    (a, b) => order[a.state] - order[b.state] || b.calls.answered - a.calls.answered,
  );
  if (accounts.length === 0) return <p>{t("noAccounts")}</p>;
  return (
    <ul className={styles.grid}>
      {accounts.map((account) => (
        <li key={account.id} className={styles.account} data-state={account.state}>
          <AccountCard account={account} />
        </li>
      ))}
    </ul>
  );
}

function AccountCard({ account }: { account: AccountHealth }) {
  const t = useTranslations("console.wall");
  const methods = useTranslations("dashboard.methods");
  const channels = useTranslations("dashboard.channels");
  const locale = useLocale();
  const { answered, lost, p50_ms, p95_ms } = account.calls;
  const channel = channels.has(account.channel as "stripe") ? channels(account.channel as "stripe") : account.channel;
  return (
    <>
      <header>
        <strong>{channel}</strong>
        <Tag color={colors[account.state]}>{t(account.is_enabled ? `states.${account.state}` : "paused")}</Tag>
      </header>
      <p className={styles.whose}>
        {account.merchant.name} · {account.label}
      </p>
      <dl>
        <div>
          <dt>{t("latency")}</dt>
          <dd>{answered + lost === 0 ? "–" : `${p50_ms ?? ">10 000"} / ${p95_ms ?? ">10 000"} ms`}</dd>
        </div>
        <div>
          <dt>{t("lost")}</dt>
          <dd>
            {answered + lost === 0 ? "–" : `${formatCount(locale, lost)} / ${formatCount(locale, answered + lost)}`}
          </dd>
        </div>
        {account.methods.map(({ method, attempts, succeeded, failed, unknown }) => {
          const share = successShare(succeeded, failed + unknown);
          return (
            <div key={method}>
              <dt>{methods.has(method as "card") ? methods(method as "card") : method}</dt>
              <dd>
                {share === undefined ? "–" : formatShare(locale, share)}{" "}
                <span className={styles.count}>{t("attempts", { count: attempts })}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}
