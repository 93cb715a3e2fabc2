"use client";

import { CheckCircleOutlined, ClockCircleOutlined, MessageOutlined, MinusCircleOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { Ticket } from "../api/tickets.ts";
import styles from "../pieces/pieces.module.css";

const looks = {
  open: ["waiting", ClockCircleOutlined],
  waiting_for_us: ["waiting", ClockCircleOutlined],
  waiting_for_merchant: ["attention", MessageOutlined],
  solved: ["success", CheckCircleOutlined],
  closed: ["quiet", MinusCircleOutlined],
} as const;

/** Whose turn it is, in the reader's words. */
export function TicketState({ state, reader }: { state: Ticket["state"]; reader: "merchant" | "support" }) {
  const t = useTranslations(`dashboard.support.states.${reader}`);
  const [tone, Icon] = looks[state];
  return (
    <span className={`${styles.tag} ${styles[tone]}`} data-state={state}>
      <Icon aria-hidden /> {t(state)}
    </span>
  );
}
