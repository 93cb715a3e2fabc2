"use client";

import { CheckOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isBuiltInRole } from "#lib/access/permissions";
import type { Role } from "../api/roles.ts";
import { Hidden } from "../pieces/hidden.tsx";
import { permissionGroups } from "./permission-groups.ts";
import styles from "./roles.module.css";

export function useRoleName(): (role: Role) => string {
  const t = useTranslations("dashboard.shell.roles");
  return (role) => (isBuiltInRole(role.id) ? t(role.id) : role.name);
}

/** Who may do what: a row for each permission, a column for each role. */
export function RoleMatrix({ roles, actions }: { roles: readonly Role[]; actions: (role: Role) => ReactNode }) {
  const t = useTranslations("dashboard.roles");
  const permission = useTranslations("dashboard.permissions");
  const nameOf = useRoleName();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} aria-label={t("matrix")} tabIndex={0}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("permission")}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <span className={styles.roleName} title={role.description || undefined}>
                  {nameOf(role)}
                </span>
                <span className={styles.help}>{t("members", { count: role.members })}</span>
                {actions(role)}
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups().map(([subject, list]) => (
          <tbody key={subject}>
            {list.map((one) => (
              <tr key={one}>
                <th scope="row">
                  {permission(`${one}.name`)}
                  <span className={styles.help}>{permission(`${one}.help`)}</span>
                </th>
                {roles.map((role) => (
                  <td key={role.id}>
                    {role.permissions.includes(one) ? (
                      <CheckOutlined aria-label={t("may")} />
                    ) : (
                      <span className={styles.not}>
                        <span aria-hidden="true">–</span>
                        <Hidden>{t("mayNot")}</Hidden>
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}
