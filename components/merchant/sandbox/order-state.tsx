"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Attempt, Order } from "../api/orders.ts";
import type { SimulatedPayment } from "../api/sandbox.ts";
import { useMethodName } from "../channel-accounts/method-name.ts";
import { Facts } from "../pieces/facts.tsx";
import { isState, StateTag } from "../pieces/state-tag.tsx";

interface Props {
  readonly order: Order;
  readonly attempt: Attempt | undefined;
  readonly simulated: SimulatedPayment | undefined;
}

/** Both sides of the wire: what we know of the order, and what the provider does. */
export function OrderState({ order, attempt, simulated }: Props) {
  const t = useTranslations("dashboard.sandbox.order");
  const methodName = useMethodName();
  const state = order.status === "pending" ? "unpaid" : order.status;
  return (
    <Facts
      facts={[
        [
          t("ours"),
          <span key="order">
            {isState(state) ? <StateTag state={state} /> : state}{" "}
            <Link href={`/dashboard/orders/${order.id}`}>{t("open")}</Link>
          </span>,
        ],
        [
          t("attempt"),
          attempt && (
            <span key="attempt">
              {methodName(attempt.method)}{" "}
              {isState(attempt.status) ? <StateTag state={attempt.status} /> : attempt.status}
            </span>
          ),
        ],
        [t("theirs"), simulated && <code key="theirs">{simulated.status}</code>],
        [
          t("notifications"),
          simulated && t("notificationCount", { sent: simulated.notifications_sent, due: simulated.notifications_due }),
        ],
      ]}
    />
  );
}
