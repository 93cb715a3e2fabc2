"use client";

import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type Member, useMembers } from "../api/team.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useSession } from "../session.tsx";
import { ChangeRoleModal } from "./change-role-modal.tsx";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { InviteModal } from "./invite-modal.tsx";
import { RemoveMemberModal } from "./remove-member-modal.tsx";
import { useRoleName } from "./role-names.ts";
import styles from "./team.module.css";

type Open = { readonly what: "invite" } | { readonly what: "role" | "remove"; readonly member: Member };

export function TeamPage() {
  const t = useTranslations("dashboard.team");
  const { can, merchant, role } = useSession();
  const result = useMembers();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayWrite = can("team:write");
  const owners = result.data?.data.filter((member) => member.role === "owner").length ?? 0;
  /** What nobody may do is not offered: only an owner touches owners, and the last one stays. */
  const isOpenTo = (member: Member) => mayWrite && (member.role !== "owner" || (role === "owner" && owners > 1));
  const actions = (member: Member) =>
    isOpenTo(member) ? (
      <span className={styles.actions}>
        <Button size="small" onClick={() => setOpen({ what: "role", member })}>
          {t("changeRole")}
        </Button>
        <Button size="small" danger onClick={() => setOpen({ what: "remove", member })}>
          {t("remove")}
        </Button>
      </span>
    ) : null;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note", { merchant: merchant.name })}
        action={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen({ what: "invite" })}>
              {t("invite")}
            </Button>
          )
        }
      />
      <Panel isFlush>
        <DataList<Member>
          label={t("title")}
          result={result}
          columns={useColumns(actions)}
          card={(member) => <MemberCard member={member}>{actions(member)}</MemberCard>}
          empty={<Empty title={t("nobody")} />}
        />
      </Panel>
      <InvitationsPanel />
      {open?.what === "invite" && <InviteModal onClose={close} />}
      {open?.what === "role" && <ChangeRoleModal member={open.member} onClose={close} />}
      {open?.what === "remove" && <RemoveMemberModal member={open.member} onClose={close} />}
    </>
  );
}

function MemberName({ member }: { member: Member }) {
  const t = useTranslations("dashboard.team");
  const { person } = useSession();
  return (
    <span className={styles.person}>
      <strong>
        {member.name} {member.id === person.userId && <em>({t("you")})</em>}
      </strong>
      <span>{member.email}</span>
    </span>
  );
}

function MemberCard({ member, children }: { member: Member; children: ReactNode }) {
  const nameOf = useRoleName();
  return (
    <span className={styles.card}>
      <MemberName member={member} />
      <span>{nameOf(member.role)}</span>
      {children}
    </span>
  );
}

function useColumns(actions: (member: Member) => ReactNode): TableColumnsType<Member> {
  const t = useTranslations("dashboard.team");
  const nameOf = useRoleName();
  return [
    { title: t("columns.name"), key: "name", render: (_, member) => <MemberName member={member} /> },
    { title: t("columns.role"), key: "role", width: 170, render: (_, { role }) => nameOf(role) },
    {
      title: t("columns.factor"),
      key: "factor",
      width: 160,
      render: (_, { has_second_factor, has_passkey }) => (
        <span className={styles.factor}>
          {t(has_second_factor ? "factorOn" : "factorOff")}
          {has_passkey && <span>{t("hasPasskey")}</span>}
        </span>
      ),
    },
    {
      title: t("columns.seen"),
      key: "seen",
      width: 160,
      render: (_, { last_seen_at }) => (last_seen_at ? <Moment at={last_seen_at} /> : t("never")),
    },
    {
      title: <Hidden>{t("columns.actions")}</Hidden>,
      key: "actions",
      width: 240,
      align: "right",
      render: (_, member) => actions(member),
    },
  ];
}
