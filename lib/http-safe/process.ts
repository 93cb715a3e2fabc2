import { processWide } from "#lib/kernel/globals";
import { type AllowList, parseAllowList } from "./addresses.ts";
import { type SafeAgents, safeAgents, systemResolver } from "./agents.ts";

/**
 * Ranges that WEBHOOK_ALLOW_ADDRESSES opens (`127.0.0.1/32,::1/128`): for development and tests, where the receiver
 * runs on the same machine. Empty by default, and to stay so in production.
 *
 * @throws RangeError when the setting is malformed
 */
export function processAllowList(): AllowList {
  return processWide("webhook-allow-list", () => parseAllowList(process.env.WEBHOOK_ALLOW_ADDRESSES ?? ""));
}

/** The agents of this process, with their pool of open connections. */
export function processAgents(): SafeAgents {
  return processWide("safe-agents", () =>
    safeAgents({ resolver: systemResolver, allowed: processAllowList(), connectTimeoutMs: 5_000 }),
  );
}
