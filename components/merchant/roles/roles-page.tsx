"use client";

import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type Role, useRoles } from "../api/roles.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useMedia } from "../pieces/use-media.ts";
import { useSession } from "../session.tsx";
import { DeleteRoleModal } from "./delete-role-modal.tsx";
import { RoleMatrix, useRoleName } from "./role-matrix.tsx";
import { RoleModal } from "./role-modal.tsx";
import styles from "./roles.module.css";

type Open = { readonly kind: "create" } | { readonly kind: "edit" | "delete"; readonly role: Role };

export function RolesPage() {
  const t = useTranslations("dashboard.roles");
  const { can, permissions } = useSession();
  const { data, error, refetch } = useRoles();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayWrite = can("roles:write");
  const own = new Set<string>(permissions);
  const actions = (role: Role) =>
    mayWrite && !role.is_built_in && role.permissions.every((permission) => own.has(permission)) ? (
      <span className={styles.actions}>
        <Button
          size="small"
          icon={<EditOutlined aria-hidden />}
          aria-label={t("edit", { name: role.name })}
          onClick={() => setOpen({ kind: "edit", role })}
        />
        <Button
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t("delete", { name: role.name })}
          onClick={() => setOpen({ kind: "delete", role })}
        />
      </span>
    ) : null;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen({ kind: "create" })}>
              {t("create")}
            </Button>
          )
        }
      />
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {data ? <Matrix roles={data.data} actions={actions} /> : !error && <Skeleton active paragraph={{ rows: 10 }} />}
      {open?.kind === "create" && <RoleModal onClose={close} />}
      {open?.kind === "edit" && <RoleModal role={open.role} onClose={close} />}
      {open?.kind === "delete" && <DeleteRoleModal role={open.role} onClose={close} />}
    </>
  );
}

/** All roles beside each other where there is room; on a phone one that is chosen. */
function Matrix({ roles, actions }: { roles: readonly Role[]; actions: (role: Role) => ReactNode }) {
  const t = useTranslations("dashboard.roles");
  const nameOf = useRoleName();
  const isPhone = useMedia("(max-width: 767px)");
  const [chosen, setChosen] = useState<string>();
  const one = roles.find((role) => role.id === chosen) ?? roles[0];
  return (
    <>
      {isPhone && (
        <Select
          style={{ width: "100%", marginBottom: 12 }}
          aria-label={t("choose")}
          value={one?.id}
          options={roles.map((role) => ({ value: role.id, label: nameOf(role) }))}
          onChange={setChosen}
        />
      )}
      <Panel isFlush>
        <RoleMatrix roles={isPhone && one ? [one] : roles} actions={actions} />
      </Panel>
    </>
  );
}
