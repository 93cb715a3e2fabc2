import { ApiOutlined, KeyOutlined, RollbackOutlined, ShoppingOutlined, WalletOutlined } from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Permission } from "#lib/access/permissions";

export interface Entry {
  /** Its text is `dashboard.navigation.<key>`, its page /dashboard/<key>. */
  readonly key: string;
  readonly icon: ComponentType;
  readonly permission: Permission;
}

/** The left navigation by task. A new page is a folder and a line here. */
export const navigation = [
  {
    group: "payments",
    entries: [
      { key: "orders", icon: ShoppingOutlined, permission: "orders:read" },
      { key: "refunds", icon: RollbackOutlined, permission: "refunds:read" },
    ],
  },
  { group: "money", entries: [{ key: "balances", icon: WalletOutlined, permission: "balances:read" }] },
  {
    group: "developers",
    entries: [
      { key: "webhooks", icon: ApiOutlined, permission: "webhooks:read" },
      { key: "api-keys", icon: KeyOutlined, permission: "api_keys:read" },
    ],
  },
] as const satisfies readonly { group: string; entries: readonly Entry[] }[];

/** The section that a path lies in: `/dashboard/orders/ord_…` is in `orders`. */
export function sectionOf(path: string): string | undefined {
  return /^\/dashboard\/([^/]+)/.exec(path)?.[1];
}
