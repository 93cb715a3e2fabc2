"use client";

import { Checkbox } from "antd";
import { useTranslations } from "next-intl";
import type { Permission } from "#lib/access/permissions";
import { useSession } from "../session.tsx";
import { permissionGroups } from "./permission-groups.ts";
import styles from "./roles.module.css";

interface Props {
  /** The form item's own. */
  readonly id?: string;
  readonly value?: readonly Permission[];
  readonly onChange?: (chosen: Permission[]) => void;
}

/** The permissions that one may hand on: one's own. */
export function PermissionChecks({ id, value = [], onChange }: Props) {
  const t = useTranslations("dashboard.permissions");
  const own = useSession().permissions;
  const toggle = (permission: Permission, isOn: boolean) =>
    onChange?.(isOn ? [...value, permission] : value.filter((other) => other !== permission));
  return (
    <div id={id} className={styles.checks}>
      {permissionGroups(own).map(([subject, list]) => (
        <fieldset key={subject}>
          {list.map((permission) => (
            <Checkbox
              key={permission}
              checked={value.includes(permission)}
              onChange={(event) => toggle(permission, event.target.checked)}
            >
              {t(`${permission}.name`)} <span className={styles.help}>{t(`${permission}.help`)}</span>
            </Checkbox>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
