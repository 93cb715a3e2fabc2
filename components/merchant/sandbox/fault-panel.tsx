"use client";

import { App, Button, Form, InputNumber, Select, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type FaultKind, faultKinds, type Operation, operations } from "#lib/simulators/simulator";
import { useChannelAccounts } from "../api/channel-accounts.ts";
import { type Fault, type FaultThatIsSet, useFaults, useSandboxActions } from "../api/sandbox.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { FaultList } from "./fault-list.tsx";
import styles from "./sandbox.module.css";

interface Fields {
  readonly kind: FaultKind;
  readonly operation: Operation;
  readonly times: number;
  readonly delay_ms: number;
  readonly amount: number;
}

const callFaults: readonly FaultKind[] = ["timeout", "lost_answer", "system_error", "slow"];
const delayed: readonly FaultKind[] = ["slow", "slow_refund"];
/** Those that one notification pair uses up whole. */
const uncounted: readonly FaultKind[] = ["reorder_notifications"];

/** Makes a simulated provider misbehave, and well again. */
export function FaultPanel() {
  const t = useTranslations("dashboard.sandbox.faults");
  const { message } = App.useApp();
  const accounts = useChannelAccounts();
  const simulated = (accounts.data?.data ?? []).filter((account) => account.environment === "simulator");
  const [chosen, setChosen] = useState<string>();
  const account = chosen ?? simulated[0]?.id;
  const faults = useFaults(account);
  const { setFaults } = useSandboxActions();
  const known = faults.data?.data ?? [];

  const replace = (next: readonly Fault[], said: string) =>
    account && setFaults.mutate({ account, faults: next }, { onSuccess: () => message.success(said) });
  const add = (fields: Fields) => {
    const whole = known.filter((fault) => fault.reference === null).map(again);
    replace([...whole, faultOf(fields)], t("added"));
  };
  return (
    <Panel title={t("title")}>
      <div className={styles.stack}>
        <p className={styles.soft}>{t("help")}</p>
        {accounts.isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
        {accounts.error && <ProblemAlert error={accounts.error} onRetry={accounts.refetch} />}
        {accounts.data && simulated.length === 0 && <p>{t("noAccounts")}</p>}
        {account && (
          <>
            <Select
              aria-label={t("account")}
              value={account}
              options={simulated.map(({ id, label }) => ({ value: id, label }))}
              onChange={setChosen}
            />
            <FaultList faults={known} />
            {known.length > 0 && (
              <Button className={styles.start} loading={setFaults.isPending} onClick={() => replace([], t("healed"))}>
                {t("heal")}
              </Button>
            )}
            <FaultForm isPending={setFaults.isPending} onAdd={add} />
          </>
        )}
        {setFaults.error && <ProblemAlert error={setFaults.error} />}
      </div>
    </Panel>
  );
}

function FaultForm({ isPending, onAdd }: { isPending: boolean; onAdd: (fields: Fields) => void }) {
  const t = useTranslations("dashboard.sandbox.faults");
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form) ?? "timeout";
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: "timeout", operation: "any", times: 1, delay_ms: 3_000, amount: 1 }}
      onFinish={(fields) => onAdd({ ...fields, kind })}
    >
      <Form.Item name="kind" label={t("kind")} extra={t(`kinds.${kind}.help`)}>
        <Select options={faultKinds.map((value) => ({ value, label: t(`kinds.${value}.name`) }))} />
      </Form.Item>
      {callFaults.includes(kind) && (
        <Form.Item name="operation" label={t("operation")}>
          <Select options={operations.map((value) => ({ value, label: t(`operations.${value}`) }))} />
        </Form.Item>
      )}
      <div className={styles.row}>
        {!uncounted.includes(kind) && !delayed.includes(kind) && (
          <Form.Item name="times" label={t("times")}>
            <InputNumber min={1} max={1_000} precision={0} />
          </Form.Item>
        )}
        {delayed.includes(kind) && (
          <Form.Item name="delay_ms" label={t("delay")}>
            <InputNumber min={1} max={600_000} precision={0} />
          </Form.Item>
        )}
        {kind === "wrong_amount" && (
          <Form.Item name="amount" label={t("amount")}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
        )}
      </div>
      <Button htmlType="submit" loading={isPending}>
        {t("add")}
      </Button>
    </Form>
  );
}

/** What the form says, without the fields that this kind of fault has not. */
function faultOf({ kind, operation, times, delay_ms, amount }: Fields): Fault {
  return {
    kind,
    ...(operation && callFaults.includes(kind) && { operation }),
    ...(times && !delayed.includes(kind) && !uncounted.includes(kind) && { times }),
    ...(delayed.includes(kind) && { delay_ms: delay_ms ?? 3_000 }),
    ...(kind === "wrong_amount" && { amount: amount ?? 1 }),
  };
}

/** A fault that is set, to be set again beside a new one: setting replaces all. */
function again({ kind, operation, remaining, delay_ms, amount }: FaultThatIsSet): Fault {
  return {
    kind,
    operation,
    ...(remaining && !uncounted.includes(kind) && { times: remaining }),
    ...(delay_ms && { delay_ms }),
    ...(amount && { amount }),
  };
}
