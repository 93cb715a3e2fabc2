"use client";

import { Button } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { knownShopper } from "#lib/lists/known-shopper";
import type { OrderStory } from "../api/orders.ts";
import { BlockShopper } from "../lists/block-shopper.tsx";
import { useMerchantList } from "../lists/place.ts";
import { useSession } from "../session.tsx";
import { CaptureModal } from "./capture-modal.tsx";
import { EndOrderModal } from "./end-order-modal.tsx";
import { actionsFor, type OrderAction } from "./order-life.ts";
import styles from "./orders.module.css";
import { RefundModal } from "./refund-modal.tsx";
import { ReturnModal } from "./return-modal.tsx";

/** What this person can do to the order now; what is not possible is not there. */
export function OrderActions({ story }: { story: OrderStory }) {
  const t = useTranslations("dashboard.order.actions");
  const { can } = useSession();
  const [open, setOpen] = useState<OrderAction>();
  const list = useMerchantList();
  const close = () => setOpen(undefined);
  const { id, customer } = story.order;
  return (
    <div className={styles.actions}>
      {actionsFor(story, can).map((action) => (
        <Button key={action} type={action === "capture" ? "primary" : "default"} onClick={() => setOpen(action)}>
          {t(action)}
        </Button>
      ))}
      {can("lists:write") && (
        <BlockShopper known={knownShopper(customer, story.attempts)} place={list} whose="merchant" />
      )}
      {can("tickets:write") && (
        <Link href={`/dashboard/support?ask=1&order=${id}`} prefetch={false} className={styles.ask}>
          {t("ask")}
        </Link>
      )}
      {open === "refund" && <RefundModal story={story} onClose={close} />}
      {open === "return" && <ReturnModal story={story} onClose={close} />}
      {open === "capture" && <CaptureModal order={story.order} onClose={close} />}
      {(open === "void" || open === "close") && <EndOrderModal order={story.order} verb={open} onClose={close} />}
    </div>
  );
}
