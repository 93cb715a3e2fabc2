import {
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  CheckSquareOutlined,
  ControlOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  ExceptionOutlined,
  FundProjectionScreenOutlined,
  MedicineBoxOutlined,
  ReadOutlined,
  ShopOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  StopOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { OperatorPermission } from "#lib/operator/permissions";

export interface ConsoleEntry {
  /** Its text is `console.navigation.<key>`, its page `/console/<key>`; the overview's is `/console`. */
  readonly key: string;
  readonly icon: ComponentType;
  readonly permission: OperatorPermission;
}

/** The left navigation by task. A new page is a folder and a line here. */
export const navigation = [
  {
    group: "platformNow",
    entries: [
      { key: "overview", icon: DashboardOutlined, permission: "overview:read" },
      { key: "wall", icon: FundProjectionScreenOutlined, permission: "overview:read" },
      { key: "alerts", icon: BellOutlined, permission: "alerts:read" },
    ],
  },
  {
    group: "work",
    entries: [
      { key: "approvals", icon: CheckSquareOutlined, permission: "approvals:read" },
      { key: "tickets", icon: CustomerServiceOutlined, permission: "tickets:read" },
      { key: "error-cases", icon: ExceptionOutlined, permission: "orders:read" },
    ],
  },
  {
    group: "merchants",
    entries: [
      { key: "merchants", icon: ShopOutlined, permission: "merchants:read" },
      { key: "applications", icon: SolutionOutlined, permission: "merchants:read" },
      { key: "custody", icon: BankOutlined, permission: "overview:read" },
    ],
  },
  {
    group: "payments",
    entries: [
      { key: "orders", icon: ShoppingOutlined, permission: "orders:read" },
      { key: "channels", icon: ApiOutlined, permission: "channels:read" },
    ],
  },
  {
    group: "risk",
    entries: [{ key: "lists", icon: StopOutlined, permission: "lists:read" }],
  },
  {
    group: "platform",
    entries: [
      { key: "knowledge", icon: ReadOutlined, permission: "tickets:read" },
      { key: "parameters", icon: ControlOutlined, permission: "parameters:read" },
      { key: "operators", icon: TeamOutlined, permission: "operators:read" },
      { key: "self-check", icon: MedicineBoxOutlined, permission: "parameters:read" },
      { key: "log", icon: AuditOutlined, permission: "log:read" },
    ],
  },
] as const satisfies readonly { group: string; entries: readonly ConsoleEntry[] }[];

export function hrefOf(key: string): string {
  return key === "overview" ? "/console" : `/console/${key}`;
}

/** The section that a path lies in. */
export function sectionOf(path: string): string | undefined {
  return path === "/console" ? "overview" : /^\/console\/([^/]+)/.exec(path)?.[1];
}
