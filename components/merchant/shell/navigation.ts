import {
  ApiOutlined,
  BankOutlined,
  BgColorsOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  ExportOutlined,
  FileSearchOutlined,
  HistoryOutlined,
  KeyOutlined,
  LoginOutlined,
  ProfileOutlined,
  RocketOutlined,
  RollbackOutlined,
  SafetyOutlined,
  SettingOutlined,
  ShoppingOutlined,
  StopOutlined,
  TeamOutlined,
  UserDeleteOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Permission } from "#lib/access/permissions";

export interface Entry {
  /** Its text is `dashboard.navigation.<key>`, its page what `hrefOf` says. */
  readonly key: string;
  readonly icon: ComponentType;
  readonly permission: Permission;
  /** After a g, the letter that leads there. */
  readonly letter?: string;
}

/** The left navigation by task. A new page is a folder and a line here. */
export const navigation = [
  {
    group: "payments",
    entries: [
      { key: "overview", icon: DashboardOutlined, permission: "analytics:read", letter: "h" },
      { key: "orders", icon: ShoppingOutlined, permission: "orders:read", letter: "o" },
      { key: "refunds", icon: RollbackOutlined, permission: "refunds:read", letter: "r" },
    ],
  },
  {
    group: "money",
    entries: [
      { key: "balances", icon: WalletOutlined, permission: "balances:read", letter: "b" },
      { key: "transactions", icon: ProfileOutlined, permission: "balances:read", letter: "t" },
      { key: "exports", icon: ExportOutlined, permission: "exports:read", letter: "e" },
    ],
  },
  {
    group: "risk",
    entries: [{ key: "lists", icon: StopOutlined, permission: "lists:read", letter: "l" }],
  },
  {
    group: "developers",
    entries: [
      { key: "webhooks", icon: ApiOutlined, permission: "webhooks:read", letter: "w" },
      { key: "api-keys", icon: KeyOutlined, permission: "api_keys:read", letter: "k" },
      { key: "api-logs", icon: FileSearchOutlined, permission: "logs:read" },
      { key: "sandbox", icon: ExperimentOutlined, permission: "test:drive" },
    ],
  },
  {
    group: "settings",
    entries: [
      { key: "channel-accounts", icon: BankOutlined, permission: "channel_accounts:read", letter: "c" },
      { key: "branding", icon: BgColorsOutlined, permission: "settings:read" },
      { key: "go-live", icon: RocketOutlined, permission: "application:read" },
      { key: "settings", icon: SettingOutlined, permission: "settings:read", letter: "s" },
      { key: "team", icon: TeamOutlined, permission: "team:read" },
      { key: "roles", icon: SafetyOutlined, permission: "roles:read" },
      { key: "sso", icon: LoginOutlined, permission: "team:read" },
      { key: "privacy", icon: UserDeleteOutlined, permission: "privacy:read" },
      { key: "activity", icon: HistoryOutlined, permission: "audit:read" },
    ],
  },
  {
    group: "help",
    entries: [{ key: "support", icon: CustomerServiceOutlined, permission: "tickets:read" }],
  },
] as const satisfies readonly { group: string; entries: readonly Entry[] }[];

/** The page of a section: the overview is the dashboard's front door. */
export function hrefOf(key: string): string {
  return key === "overview" ? "/dashboard" : `/dashboard/${key}`;
}

/** The section that a path lies in: `/dashboard/orders/ord_…` is in `orders`. */
export function sectionOf(path: string): string | undefined {
  return path === "/dashboard" ? "overview" : /^\/dashboard\/([^/]+)/.exec(path)?.[1];
}
