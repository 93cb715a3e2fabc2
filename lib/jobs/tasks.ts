import { Logger, type TaskList } from "graphile-worker";
import { followEventsJob } from "#lib/analytics/follow-events";
import { closeAttempt } from "#lib/attempts/close-attempt";
import { queryAttemptJob } from "#lib/attempts/query-attempt";
import { sealAuditLogJob } from "#lib/audit/seal";
import { checkBookJob } from "#lib/error-cases/check-book";
import { writeExport } from "#lib/exports/run-export";
import { log } from "#lib/kernel/log";
import { foldCheckpointsJob, sealTransfersJob } from "#lib/ledger/jobs";
import { sendMail } from "#lib/mail/send-mail";
import { watchCredentialsJob } from "#lib/notices/watch-credentials";
import { sendAlertNotice } from "#lib/operator/alerting/notices";
import { tellSupport } from "#lib/operator/tickets/tell-support";
import { expireOrderJob } from "#lib/orders/expire-order";
import { runPrivacyRequest } from "#lib/privacy/run-request";
import { sendRefund } from "#lib/refunds/send-refund";
import { openTestAccountsJob } from "#lib/sandbox/open-test-accounts";
import { deliverWebhooks } from "#lib/webhooks/deliver-webhooks";

/** Every job there is; a new one is a line here. */
const jobs = [
  queryAttemptJob,
  closeAttempt,
  expireOrderJob,
  sendRefund,
  deliverWebhooks,
  foldCheckpointsJob,
  sealTransfersJob,
  sealAuditLogJob,
  openTestAccountsJob,
  sendMail,
  sendAlertNotice,
  followEventsJob,
  writeExport,
  watchCredentialsJob,
  runPrivacyRequest,
  tellSupport,
  checkBookJob,
] as const;

export const taskList: TaskList = Object.fromEntries(
  jobs.map((job) => [job.name, (payload: unknown) => job.run(payload as never)]),
);

/** The queue's own messages in our log; its chatter about each job only when debugging. */
export const queueLogger = new Logger((scope) => (level, message, meta) => {
  const line = { ...scope, ...requestOf(meta?.job), ...(meta?.error !== undefined && { err: meta.error }) };
  // The queue repeats the error's stack in its message; the first line says which job it was.
  const [summary = message] = message.split("\n", 1);
  if (level === "error") log.error(line, summary);
  else if (level === "warning") log.warn(line, summary);
  else log.debug(line, summary);
});

/** The request that asked for the job of which the queue speaks. */
function requestOf(job: unknown): { requestId?: string } {
  const payload = (job as { payload?: { requestId?: unknown } } | undefined)?.payload;
  return typeof payload?.requestId === "string" ? { requestId: payload.requestId } : {};
}
