import { eq } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { channelAccounts } from "#db/schema/channel-accounts";
import { mustEnrol, operatorBehind } from "./find-operator.ts";
import type { OperatorPermission, OperatorRole } from "./permissions.ts";

/** What a page of the console needs to know before its first request. */
export interface Console {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly role: OperatorRole;
  readonly permissions: readonly OperatorPermission[];
  /** IANA name. */
  readonly timeZone: string;
  /** The platform wants a second factor of this operator before anything else. */
  readonly mustEnrol: boolean;
  /** Live once any merchant can be paid there: until then only the sandbox has something to show. */
  readonly firstMode: "live" | "test";
}

/** @returns undefined when no operator is signed in */
export async function openConsole(cookieHeader: string | null): Promise<Console | undefined> {
  const behind = await operatorBehind(cookieHeader);
  if (!behind) return undefined;
  const { id, name, email, role, permissions, timeZone } = behind.operator;
  const isHeld = await mustEnrol(behind.operator);
  return {
    person: { id, name, email },
    role,
    permissions: isHeld ? [] : [...permissions],
    timeZone,
    mustEnrol: isHeld,
    firstMode: (await hasLiveAccount()) ? "live" : "test",
  };
}

async function hasLiveAccount(): Promise<boolean> {
  const [found] = await operatorDatabase()
    .select({ id: channelAccounts.id })
    .from(channelAccounts)
    .where(eq(channelAccounts.livemode, true))
    .limit(1);
  return found !== undefined;
}
