/** What driver and server say when the server is not there, goes down or comes up again. */
const codes: ReadonlySet<unknown> = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  // PostgreSQL, appendix A: admin_shutdown, crash_shutdown, cannot_connect_now.
  "57P01",
  "57P02",
  "57P03",
]);

const deepest = 5;

/** Nothing listens at a socket; a file that is missing has the same code. */
const isMissingSocket = (error: Error) =>
  "code" in error && error.code === "ENOENT" && "syscall" in error && error.syscall === "connect";

/** Whether a query failed for want of a database: the same request may well succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  let at = error;
  for (let depth = 0; depth < deepest && at instanceof Error; depth++) {
    if (("code" in at && codes.has(at.code)) || isMissingSocket(at)) return true;
    at = at.cause;
  }
  return false;
}
