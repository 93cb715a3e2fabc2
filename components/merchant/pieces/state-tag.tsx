"use client";

import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  LockOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  SyncOutlined,
} from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import styles from "./pieces.module.css";

type Tone = "success" | "waiting" | "attention" | "failure" | "quiet";

/** Every state that anything of ours can be in: how it feels and its sign; its word comes from the catalogue. */
const states = {
  pending: ["waiting", ClockCircleOutlined],
  unpaid: ["waiting", ClockCircleOutlined],
  retrying: ["attention", SyncOutlined],
  created: ["waiting", ClockCircleOutlined],
  requires_action: ["waiting", ClockCircleOutlined],
  processing: ["waiting", SyncOutlined],
  unknown: ["attention", QuestionCircleOutlined],
  authorized: ["attention", LockOutlined],
  paid: ["success", CheckCircleOutlined],
  succeeded: ["success", CheckCircleOutlined],
  enabled: ["success", CheckCircleOutlined],
  active: ["success", CheckCircleOutlined],
  verified: ["success", CheckCircleOutlined],
  unverified: ["waiting", ClockCircleOutlined],
  partially_refunded: ["attention", RollbackOutlined],
  refunded: ["quiet", RollbackOutlined],
  closed: ["quiet", MinusCircleOutlined],
  canceled: ["quiet", MinusCircleOutlined],
  disabled: ["quiet", MinusCircleOutlined],
  revoked: ["quiet", MinusCircleOutlined],
  expired: ["quiet", ExclamationCircleOutlined],
  failed: ["failure", CloseCircleOutlined],
} as const satisfies Record<string, readonly [Tone, ComponentType]>;

export type State = keyof typeof states;

export function isState(text: string): text is State {
  return Object.hasOwn(states, text);
}

export function StateTag({ state }: { state: State }) {
  const t = useTranslations("dashboard.states");
  const [tone, Icon] = states[state];
  return (
    <span className={`${styles.tag} ${styles[tone]}`} data-state={state}>
      <Icon aria-hidden /> {t(state)}
    </span>
  );
}
