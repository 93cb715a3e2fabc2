import { NotFound } from "#lib/kernel/errors";
import { withPersonAudit } from "./people.ts";
import { endSessions } from "./sessions.ts";
import type { Visitor } from "./visitor.ts";

/** Signs one of the person's own browsers out. @throws NotFound also for somebody else's session */
export async function endSession(visitor: Visitor, userId: string, id: string): Promise<void> {
  await withPersonAudit({ id: userId, by: visitor }, "session.end", async (db) => {
    if ((await endSessions({ realm: "merchant", personId: userId, id }, db)) === 0) throw new NotFound("session");
  });
}

/** Signs every other browser of the person out. @returns how many there were */
export async function endOtherSessions(visitor: Visitor, userId: string, ownId: string): Promise<number> {
  return withPersonAudit({ id: userId, by: visitor }, "session.end_others", (db) =>
    endSessions({ realm: "merchant", personId: userId, keep: ownId }, db),
  );
}
