import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { systemClock } from "#lib/kernel/clock";
import { sha256Hex } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { newPlatformId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { queueMail } from "#lib/mail/queue-mail";
import { describeBrowser } from "./browser-name.ts";
import type { Executor } from "./people.ts";
import type { Person, Realm } from "./sign-in.ts";

/** How long a sign-in lasts, whatever happens in between. */
export const sessionSeconds = 12 * 60 * 60;

const live = processWide("live-sessions", () => new TimedCache<boolean>({ ttlMs: 3_000, max: 50_000 }));

/** Where a sign-in comes from. */
export interface Browser {
  readonly ip: string;
  readonly userAgent: string;
  /** The secret of the browser's own long-lived cookie. */
  readonly deviceId: string;
  readonly locale: Locale;
}

/**
 * Notes a sign-in and returns the id that its cookie carries. The person is told by mail when the browser was never seen
 * before; not at the very first sign-in, when every browser is new.
 */
export async function startSession(person: Person, browser: Browser): Promise<string> {
  const id = newPlatformId("session");
  const now = systemClock.now();
  const until = new Date(now.getTime() + sessionSeconds * 1000);
  await appDatabase().transaction(async (db) => {
    const [row] = await db.execute<{ is_new_device: boolean; is_first: boolean }>(
      sql`select is_new_device, is_first from internal.start_session(${id}, ${person.realm}, ${person.id}, ${browser.ip},
        ${browser.userAgent.slice(0, 400)}, ${sha256Hex(browser.deviceId)}, ${now.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz)`,
    );
    await db.execute(sql`select internal.note_language(${person.realm}, ${person.id}, ${browser.locale})`);
    if (!row?.is_new_device || row.is_first) return;
    await queueMail(db, {
      kind: "new_device",
      to: person.email,
      locale: browser.locale,
      values: {
        name: person.name,
        browser: describeBrowser(browser.userAgent),
        ip: browser.ip,
        time: `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`,
        link: `${env.publicUrl}/dashboard/security`,
      },
    });
  });
  return id;
}

interface SessionName {
  readonly id: string;
  readonly realm: Realm;
  readonly personId: string;
}

function keyOf({ realm, personId, id }: SessionName): string {
  return `${realm} ${personId} ${id}`;
}

/** Whether a session goes on; at most three seconds old, so that a sign-out elsewhere takes effect within that time. */
export function isLive({ id, realm, personId }: SessionName): Promise<boolean> {
  return live.get(keyOf({ id, realm, personId }), async () => {
    const [row] = await appDatabase().execute<{ live: boolean }>(
      sql`select internal.live_session(${id}, ${realm}, ${personId}, ${systemClock.now().toISOString()}::timestamptz) as live`,
    );
    return row?.live ?? false;
  });
}

export interface SessionEntry {
  readonly id: string;
  readonly ip: string;
  readonly browser: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** A person's sessions that go on, the one used last first. */
export async function listSessions(realm: Realm, personId: string): Promise<SessionEntry[]> {
  const rows = await appDatabase().execute<Record<string, string>>(
    sql`select * from internal.sessions_of(${realm}, ${personId}, ${systemClock.now().toISOString()}::timestamptz)`,
  );
  const at = (text: string | undefined) => new Date(text ?? "");
  return rows.map((row) => ({
    id: row.id ?? "",
    ip: row.ip ?? "",
    browser: describeBrowser(row.user_agent ?? ""),
    createdAt: at(row.created_at),
    lastSeenAt: at(row.last_seen_at),
    expiresAt: at(row.expires_at),
  }));
}

/**
 * Ends one session of a person, or all of them but `keep`.
 *
 * @returns how many went on until now
 */
export async function endSessions(
  input: { realm: Realm; personId: string; id?: string; keep?: string },
  db: Executor = appDatabase(),
): Promise<number> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from internal.end_sessions(${input.realm}, ${input.personId}, ${input.id ?? null}, ${input.keep ?? null}, ${systemClock.now().toISOString()}::timestamptz)`,
  );
  for (const { id } of rows) live.forget(keyOf({ ...input, id }));
  return rows.length;
}
