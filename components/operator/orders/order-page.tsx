"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, Button, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BlockShopper } from "../../merchant/lists/block-shopper.tsx";
import { stateOfOrder } from "../../merchant/orders/order-statuses.ts";
import pageStyles from "../../merchant/orders/orders.module.css";
import { Timeline } from "../../merchant/orders/timeline.tsx";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { RawData } from "../../merchant/pieces/raw-data.tsx";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import { type Asked, type PlatformOrderStory, useOrderDeeds, usePlatformOrder } from "../api/orders.ts";
import { usePlatformList } from "../lists/place.ts";
import { useConsole } from "../session.tsx";
import { AmountModal } from "./amount-modal.tsx";
import styles from "./orders.module.css";
import { RelatedPanel } from "./related-panel.tsx";

type Open = "refund" | "freeze" | "release";

/** One order of any merchant: its story, its facts, and what an operator may do about it now. */
export function PlatformOrderPage({ id }: { id: string }) {
  const t = useTranslations("console.order");
  const { data: story, error, refetch } = usePlatformOrder(id);
  return (
    <>
      <p className={pageStyles.back}>
        <Link href="/console/orders">
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      </p>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {story ? <Story story={story} /> : !error && <Skeleton active paragraph={{ rows: 10 }} />}
    </>
  );
}

function Story({ story }: { story: PlatformOrderStory }) {
  const t = useTranslations("console.order");
  const { order, merchant } = story;
  const [open, setOpen] = useState<Open>();
  const { repair } = useOrderDeeds(order.id);
  const frozen = story.freezes.find((freeze) => !freeze.released_at);
  return (
    <>
      <header className={pageStyles.head}>
        <div>
          <p className={pageStyles.total}>
            <Money minor={order.amount} currency={order.currency} />
            <StateTag state={stateOfOrder(order.status)} />
          </p>
          <h1>{order.subject}</h1>
          <Link href={`/console/merchants/${merchant.id}`}>{merchant.name}</Link>
        </div>
        <Actions story={story} isAsking={repair.isPending} onRepair={() => repair.mutate()} onOpen={setOpen} />
      </header>
      {repair.error && <ProblemAlert error={repair.error} />}
      {repair.data && <Answers asked={repair.data.asked} />}
      {frozen && (
        <Alert
          className={styles.notice ?? ""}
          type="warning"
          showIcon
          title={
            <>
              {t("frozen")} <Money minor={frozen.amount} currency={frozen.currency} />
            </>
          }
          description={frozen.reason}
        />
      )}
      <div className={pageStyles.columns}>
        <div>
          <RelatedPanel story={story} />
          <Panel title={t("timeline")}>
            <Timeline story={story} linksDeliveries={false} />
          </Panel>
        </div>
        <Panel title={t("details")}>
          <Facts
            facts={[
              [t("id"), <Copyable key="id" text={order.id} what={t("id")} />],
              [t("number"), <Copyable key="number" text={order.merchant_order_no} what={t("number")} />],
              [t("mode"), t(order.livemode ? "live" : "test")],
              [t("captured"), <Money key="captured" minor={order.amount_captured} currency={order.currency} />],
              [t("refunded"), <Money key="refunded" minor={order.amount_refunded} currency={order.currency} />],
              [t("left"), <Money key="left" minor={story.left_to_refund} currency={order.currency} />],
              [t("created"), <Moment key="created" at={order.created_at} isExact />],
              [t("paid"), order.paid_at && <Moment at={order.paid_at} isExact />],
              [t("expires"), <Moment key="expires" at={order.expires_at} isExact />],
            ]}
          />
          <RawData data={order} />
        </Panel>
      </div>
      {open && <AmountModal story={story} deed={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface ActionProps {
  readonly story: PlatformOrderStory;
  readonly isAsking: boolean;
  onRepair(): void;
  onOpen(open: Open): void;
}

/** What is possible now; the rest is absent. */
function Actions({ story, isAsking, onRepair, onOpen }: ActionProps) {
  const t = useTranslations("console.order");
  const { may } = useConsole();
  const list = usePlatformList();
  const block = may("lists:write") && <BlockShopper known={story.shopper} place={list} whose="platform" />;
  if (!may("orders:write")) return block && <span className={styles.actions}>{block}</span>;
  const isFrozen = story.freezes.some((freeze) => !freeze.released_at);
  const hasAttempt = story.timeline.some((entry) => entry.kind === "attempt");
  return (
    <span className={styles.actions}>
      {hasAttempt && (
        <Button loading={isAsking} onClick={onRepair}>
          {t("repair")}
        </Button>
      )}
      {isFrozen && <Button onClick={() => onOpen("release")}>{t("release.open")}</Button>}
      {!isFrozen && story.left_to_refund > 0 && <Button onClick={() => onOpen("freeze")}>{t("freeze.open")}</Button>}
      {story.left_to_refund > 0 && <Button onClick={() => onOpen("refund")}>{t("refund.open")}</Button>}
      {block}
    </span>
  );
}

/** What the channels said. */
function Answers({ asked }: { asked: readonly Asked[] }) {
  const t = useTranslations("console.order");
  const hasChanged = asked.some(({ before, after }) => before !== after);
  return (
    <Alert
      className={styles.notice ?? ""}
      type={hasChanged ? "success" : "info"}
      showIcon
      role="status"
      title={t(hasChanged ? "repaired" : "nothingToRepair")}
      description={
        <ul className={styles.asked}>
          {asked.map(({ attempt, before, after, error }) => (
            <li key={attempt}>
              <code>{attempt}</code>{" "}
              {error ? t("noAnswer", { error }) : before === after ? after : `${before} → ${after}`}
            </li>
          ))}
        </ul>
      }
    />
  );
}
