import type { Context } from "#db/tenancy";
import { isHeldBack, loadAccounts, type OpenAccount } from "#lib/channel-accounts/load-account";
import { announcedWindows, concerns, isUnderWay } from "./windows.ts";

export interface Routable {
  /** Over which a new payment may go. */
  readonly open: readonly OpenAccount[];
  /** Those that only a maintenance window keeps closed. */
  readonly inMaintenance: readonly OpenAccount[];
}

/** The merchant's accounts as new payments see them: without those that operators hold back or announced as closed. */
export async function routableAccounts(ctx: Context): Promise<Routable> {
  const [accounts, windows] = await Promise.all([loadAccounts(ctx), announcedWindows(ctx.realNow)]);
  const running = accounts.filter((open) => !isHeldBack(open));
  const closed = windows.filter((window) => isUnderWay(window, ctx.realNow));
  if (closed.length === 0) return { open: running, inMaintenance: [] };
  const isClosed = (open: OpenAccount) => closed.some((window) => concerns(window, open));
  return { open: running.filter((open) => !isClosed(open)), inMaintenance: running.filter(isClosed) };
}

/** What the merchant is told of: windows of the channels that it uses in this mode. */
export async function windowsFor(ctx: Context) {
  const [accounts, windows] = await Promise.all([loadAccounts(ctx), announcedWindows(ctx.realNow)]);
  const used = accounts.filter(({ row }) => row.status === "enabled");
  return windows.filter((window) => used.some((open) => concerns(window, open)));
}
