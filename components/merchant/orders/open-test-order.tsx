"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useCreateTestOrder } from "../api/test-order.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";

/** One click to a checkout that can be paid; it leads back here. */
export function OpenTestOrder() {
  const t = useTranslations("dashboard.firstPayment");
  const { mode, can } = useSession();
  const order = useCreateTestOrder(({ checkout_url }) => location.assign(checkout_url));
  if (mode !== "test" || !can("orders:write")) return null;
  return (
    <>
      {order.error && <ProblemAlert error={order.error} />}
      <p>
        <Button type="primary" loading={order.isPending} onClick={() => order.mutate(t("subject"))}>
          {t("create")}
        </Button>
      </p>
    </>
  );
}
