"use client";

import { Button } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCreateTestOrder } from "../api/test-order.ts";
import { FirstOrder } from "../orders/first-order.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";

/** What to do while there is no number to show: the way to the first payment. */
export function FirstPayment() {
  const t = useTranslations("dashboard.overview.first");
  const { mode, can } = useSession();
  const router = useRouter();
  const order = useCreateTestOrder(({ id }) => router.push(`/dashboard/orders/${id}`));
  const create = () => order.mutate(t("subject"));
  return (
    <Panel>
      <Empty title={t("title")}>
        <p>{t(mode === "test" ? "test" : "live")}</p>
        {mode === "test" && can("orders:write") && (
          <Button type="primary" loading={order.isPending} onClick={create}>
            {t("create")}
          </Button>
        )}
        {order.error ? <ProblemAlert error={order.error} /> : null}
        <FirstOrder />
      </Empty>
    </Panel>
  );
}
