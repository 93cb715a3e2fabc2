"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type OrderStory, useOrderStory } from "../api/orders.ts";
import { ApiProblem } from "../api/problem.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Money } from "../pieces/money.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderRefunds } from "./order-refunds.tsx";
import { stateOfOrder } from "./order-statuses.ts";
import styles from "./orders.module.css";
import { Timeline } from "./timeline.tsx";

export function OrderPage({ id }: { id: string }) {
  const t = useTranslations("dashboard.order");
  const { data: story, error, refetch } = useOrderStory(id);
  return (
    <>
      <p className={styles.back}>
        <Link href="/dashboard/orders">
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      </p>
      {error && story && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {story ? <Story story={story} /> : <Missing error={error} onRetry={() => void refetch()} />}
    </>
  );
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("dashboard.order");
  const { mode } = useSession();
  if (!error) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (error instanceof ApiProblem && error.status === 404) {
    return (
      <Panel>
        <Empty title={t("notFound")}>
          <p>{t(mode === "test" ? "notFoundTest" : "notFoundLive")}</p>
        </Empty>
      </Panel>
    );
  }
  return <ProblemAlert error={error} onRetry={onRetry} />;
}

function Story({ story }: { story: OrderStory }) {
  const t = useTranslations("dashboard.order");
  const { can } = useSession();
  const { order } = story;
  return (
    <>
      <header className={styles.head}>
        <div>
          <p className={styles.total}>
            <Money minor={order.amount} currency={order.currency} />
            <span aria-live="polite">
              <StateTag state={stateOfOrder(order.status)} />
            </span>
          </p>
          <h1>{order.subject}</h1>
          <Copyable text={order.merchant_order_no} what={t("facts.number")} />
        </div>
        <OrderActions story={story} />
      </header>
      <div className={styles.columns}>
        <div>
          <OrderRefunds story={story} />
          <Panel title={t("timeline")}>
            <Timeline story={story} linksDeliveries={can("webhooks:read")} />
          </Panel>
        </div>
        <Panel title={t("details")}>
          <OrderFacts story={story} />
        </Panel>
      </div>
    </>
  );
}
