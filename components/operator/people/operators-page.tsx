"use client";

import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Select, type TableColumnsType, Tag } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { operatorRoles } from "#lib/operator/permissions";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Hidden } from "../../merchant/pieces/hidden.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Operator, useOperatorActions, useOperators } from "../api/operators.ts";
import { useConsole } from "../session.tsx";
import { AddOperatorModal } from "./add-operator-modal.tsx";
import styles from "./people.module.css";
import { ResetFactorModal } from "./reset-factor-modal.tsx";

/** The platform's staff: who may what, and who is signed in. */
export function OperatorsPage() {
  const t = useTranslations("console.operators");
  const { may } = useConsole();
  const [isAdding, setAdding] = useState(false);
  const result = useOperators();
  const actions = useOperatorActions();
  const problem = actions.changeRole.error ?? actions.end.error ?? actions.signOut.error ?? actions.sendLink.error;
  const mayWrite = may("operators:write");
  const menu = (operator: Operator) => mayWrite && !operator.ended_at && <RowMenu operator={operator} {...actions} />;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t("add")}
            </Button>
          )
        }
      />
      {problem && <ProblemAlert error={problem} />}
      <Panel isFlush>
        <DataList<Operator>
          label={t("title")}
          result={result}
          columns={useColumns(menu, mayWrite, (id, role) => actions.changeRole.mutate({ id, role }))}
          card={(operator) => (
            <span className={styles.card}>
              <Person operator={operator} />
              {menu(operator)}
              <span className={styles.tags}>
                <RoleTag operator={operator} />
                {!operator.ended_at && <FactorState operator={operator} isNamed />}
              </span>
            </span>
          )}
          empty={<Empty title={t("none")} />}
        />
      </Panel>
      {isAdding && <AddOperatorModal onClose={() => setAdding(false)} />}
    </>
  );
}

function Person({ operator }: { operator: Operator }) {
  const t = useTranslations("console.operators");
  return (
    <span className={styles.person}>
      <strong>
        {operator.name} {operator.is_self && <em>({t("you")})</em>}
      </strong>
      <span>{operator.email}</span>
    </span>
  );
}

function RoleTag({ operator }: { operator: Operator }) {
  const t = useTranslations("console");
  return operator.ended_at ? <Tag>{t("operators.left")}</Tag> : <Tag>{t(`shell.roles.${operator.role}`)}</Tag>;
}

function FactorState({ operator, isNamed }: { operator: Operator; isNamed?: boolean }) {
  const t = useTranslations("console.operators");
  const state = operator.has_second_factor ? t("factorOn") : t("factorOff");
  return (
    <Tag color={operator.has_second_factor ? "success" : "warning"}>
      {isNamed ? `${t("columns.factor")} · ${state}` : state}
    </Tag>
  );
}

function useColumns(
  menu: (operator: Operator) => ReactNode,
  mayWrite: boolean,
  onRole: (id: string, role: Operator["role"]) => void,
): TableColumnsType<Operator> {
  const t = useTranslations("console.operators");
  const roleName = useTranslations("console.shell.roles");
  return [
    { title: t("columns.name"), key: "name", render: (_, operator) => <Person operator={operator} /> },
    {
      title: t("columns.role"),
      key: "role",
      width: 180,
      render: (_, operator) =>
        mayWrite && !operator.is_self && !operator.ended_at ? (
          <Select
            aria-label={t("roleOf", { name: operator.name })}
            value={operator.role}
            options={operatorRoles.map((role) => ({ value: role, label: roleName(role) }))}
            onChange={(role) => onRole(operator.id, role)}
            className={styles.role}
          />
        ) : (
          <RoleTag operator={operator} />
        ),
    },
    {
      title: t("columns.seen"),
      key: "seen",
      width: 160,
      render: (_, { last_seen_at }) => (last_seen_at ? <Moment at={last_seen_at} /> : t("never")),
    },
    {
      title: t("columns.factor"),
      key: "factor",
      width: 150,
      render: (_, operator) => !operator.ended_at && <FactorState operator={operator} />,
    },
    { title: t("columns.sessions"), key: "sessions", width: 120, align: "right", dataIndex: "sessions" },
    {
      title: <Hidden>{t("columns.actions")}</Hidden>,
      key: "actions",
      width: 90,
      align: "right",
      render: (_, operator) => menu(operator),
    },
  ];
}

type Actions = ReturnType<typeof useOperatorActions>;

function RowMenu({ operator, end, signOut, sendLink }: { operator: Operator } & Actions) {
  const t = useTranslations("console.operators");
  const { modal, message } = App.useApp();
  const { id, name } = operator;
  const [isResetting, setResetting] = useState(false);
  const ask = (key: "end" | "signOut" | "sendLink", run: () => Promise<unknown>) =>
    modal.confirm({
      title: t(`confirm.${key}`, { name }),
      content: t(`consequence.${key}`),
      okText: t(key),
      cancelText: t("cancel"),
      okButtonProps: { danger: key === "end" },
      onOk: async () => {
        const isDone = await run().then(
          () => true,
          () => false,
        );
        if (isDone) message.success(t(`done.${key}`));
      },
    });
  const isResettable = operator.has_second_factor && !operator.is_self;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "sendLink", label: t("sendLink"), onClick: () => ask("sendLink", () => sendLink.mutateAsync(id)) },
            { key: "signOut", label: t("signOut"), onClick: () => ask("signOut", () => signOut.mutateAsync(id)) },
            ...(isResettable
              ? [{ key: "resetFactor", label: t("resetFactor"), onClick: () => setResetting(true) }]
              : []),
            ...(operator.is_self
              ? []
              : [{ key: "end", danger: true, label: t("end"), onClick: () => ask("end", () => end.mutateAsync(id)) }]),
          ],
        }}
      >
        <Button size="small" aria-label={t("actionsOf", { name })}>
          …
        </Button>
      </Dropdown>
      {isResetting && <ResetFactorModal operator={operator} onClose={() => setResetting(false)} />}
    </>
  );
}
