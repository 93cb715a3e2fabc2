import { operatorBehind } from "./find-operator.ts";
import type { OperatorPermission, OperatorRole } from "./permissions.ts";

/** What a page of the console needs to know before its first request. */
export interface Console {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly role: OperatorRole;
  readonly permissions: readonly OperatorPermission[];
  /** IANA name. */
  readonly timeZone: string;
}

/** @returns undefined when no operator is signed in */
export async function openConsole(cookieHeader: string | null): Promise<Console | undefined> {
  const behind = await operatorBehind(cookieHeader);
  if (!behind) return undefined;
  const { id, name, email, role, permissions, timeZone } = behind.operator;
  return { person: { id, name, email }, role, permissions: [...permissions], timeZone };
}
