import type { SessionEntry } from "#lib/access/sessions";

/** A signed-in browser as its person sees it. */
export function sessionJson(entry: SessionEntry, currentId: string) {
  return {
    id: entry.id,
    object: "session" as const,
    is_current: entry.id === currentId,
    browser: entry.browser,
    ip: entry.ip,
    created_at: entry.createdAt.toISOString(),
    last_seen_at: entry.lastSeenAt.toISOString(),
    expires_at: entry.expiresAt.toISOString(),
  };
}
