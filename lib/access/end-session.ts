import { NotFound } from "#lib/kernel/errors";
import type { Account } from "./account.ts";
import { endSessions } from "./sessions.ts";

/** Signs one of the person's own browsers out. @throws NotFound also for somebody else's session */
export async function endSession({ realm, id: personId, record }: Account, id: string): Promise<void> {
  await record("session.end", async (db) => {
    if ((await endSessions({ realm, personId, id }, db)) === 0) throw new NotFound("session");
  });
}

/** Signs every other browser of the person out. @returns how many there were */
export function endOtherSessions({ realm, id: personId, record }: Account, ownId: string): Promise<number> {
  return record("session.end_others", (db) => endSessions({ realm, personId, keep: ownId }, db));
}
