"use client";

import { useTranslations } from "next-intl";
import { isBuiltInRole, roles } from "#lib/access/permissions";
import { useRoles } from "../api/roles.ts";
import { useSession } from "../session.tsx";

/** A role's name as people say it: ours from the catalogue, the merchant's own as it was typed. */
export function useRoleName(): (role: string) => string {
  const t = useTranslations("dashboard.shell");
  const own = useRoles().data?.data;
  return (role) =>
    isBuiltInRole(role) ? t(`roles.${role}`) : (own?.find(({ id }) => id === role)?.name ?? t("noRole"));
}

/** The roles that this person may give, with what each is for. */
export function useRoleChoices(): { value: string; label: string; help: string }[] {
  const t = useTranslations("dashboard.team");
  const names = useTranslations("dashboard.shell");
  const { role: mine, permissions } = useSession();
  const own = useRoles().data?.data.filter(({ id }) => !isBuiltInRole(id)) ?? [];
  const builtIn = roles.filter((role) => role !== "owner" || mine === "owner");
  return [
    ...builtIn.map((role) => ({ value: role as string, label: names(`roles.${role}`), help: t(`roleHelp.${role}`) })),
    ...own
      .filter((role) => role.permissions.every((wanted) => permissions.some((have) => have === wanted)))
      .map((role) => ({ value: role.id, label: role.name, help: role.description })),
  ];
}
