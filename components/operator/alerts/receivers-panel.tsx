"use client";

import { PlusOutlined, SendOutlined } from "@ant-design/icons";
import { App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertReceiver, useAlertActions, useAlertReceivers } from "../api/alerts.ts";
import { useConsole } from "../session.tsx";
import styles from "./alerts.module.css";
import { ReceiverModal } from "./receiver-modal.tsx";

export function ReceiversPanel() {
  const t = useTranslations("console.alerts.receivers");
  const { may } = useConsole();
  const { data, error, refetch } = useAlertReceivers();
  const [isAdding, setAdding] = useState(false);
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active />;
  const add = may("alerts:write") && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <Panel isFlush>
      {data.data.length === 0 ? (
        <Empty title={t("none")}>
          <p>{t("noneHelp")}</p>
          {add}
        </Empty>
      ) : (
        <>
          <ul className={styles.plain}>
            {data.data.map((receiver) => (
              <ReceiverRow key={receiver.id} receiver={receiver} />
            ))}
          </ul>
          <p className={styles.foot}>{add}</p>
        </>
      )}
      {isAdding && <ReceiverModal onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function ReceiverRow({ receiver }: { receiver: AlertReceiver }) {
  const t = useTranslations("console.alerts.receivers");
  const { message } = App.useApp();
  const { may } = useConsole();
  const { testReceiver, switchReceiver } = useAlertActions();
  const { id, kind, name, hint, is_on: isOn, last } = receiver;
  return (
    <li data-off={!isOn || undefined}>
      <div>
        <p className={styles.alertName}>
          <strong>{name}</strong> {t(`kinds.${kind}`)} · {hint}
        </p>
        <p className={styles.soft} data-failed={last?.status === "failed" || last?.error ? true : undefined}>
          {last ? (
            <>
              {t(`states.${last.status}`)} · <Moment at={last.at} /> {last.error && `· ${last.error}`}
            </>
          ) : (
            t("never")
          )}
        </p>
      </div>
      {may("alerts:write") && (
        <span className={styles.buttons}>
          <Button
            icon={<SendOutlined aria-hidden />}
            loading={testReceiver.isPending}
            onClick={() => testReceiver.mutate(id, { onSuccess: () => void message.info(t("testing")) })}
          >
            {t("test")}
          </Button>
          <Button loading={switchReceiver.isPending} onClick={() => switchReceiver.mutate({ id, isOn: !isOn })}>
            {t(isOn ? "offButton" : "on")}
          </Button>
        </span>
      )}
    </li>
  );
}
