import { eq, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertNotices, alertReceivers } from "#db/schema/alerting";
import type { AlertMessage } from "#lib/alerting/message";
import {
  type ReceiverConfig,
  readAnswer,
  receiverConfig,
  receiverContext,
  requestTo,
} from "#lib/alerting/receivers/all";
import { post } from "#lib/http-safe/post";
import { processAgents } from "#lib/http-safe/process";
import { systemClock } from "#lib/kernel/clock";
import { seal, unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { newPlatformId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { queueMail } from "#lib/mail/queue-mail";
import { translate } from "#lib/messages/translate";
import type { Alert, NoticeKind, Rule } from "./judge.ts";
import { metricKinds } from "./metrics.ts";

type Session = Parameters<Parameters<ReturnType<typeof operatorDatabase>["transaction"]>[0]>[0];
export type Receiver = typeof alertReceivers.$inferSelect;
type Notice = typeof alertNotices.$inferSelect;

const mostTries = 8;
const timeoutMs = 10_000;

export function sealConfig(id: string, config: ReceiverConfig): string {
  return seal(env.secretsKeys, JSON.stringify(config), receiverContext(id));
}

export function configOf({ id, sealed }: Pick<Receiver, "id" | "sealed">): ReceiverConfig {
  return receiverConfig.parse(JSON.parse(unseal(env.secretsKeys, sealed, receiverContext(id))));
}

/** Writes a message for each receiver of a rule and puts it on its way with the transaction. */
export async function queueNotices(db: Session, rule: Rule, alert: Alert, kind: NoticeKind, now: Date): Promise<void> {
  const receivers = await db.select().from(alertReceivers).where(eq(alertReceivers.isOn, true));
  for (const receiver of receivers.filter(({ id }) => rule.receivers.includes(id))) {
    const message = messageOf(configOf(receiver).locale, rule, alert, kind);
    await queueNotice(db, { receiverId: receiver.id, alertId: alert.id, kind, message }, now);
  }
}

export async function queueNotice(
  db: Session,
  notice: Pick<Notice, "receiverId" | "alertId" | "kind"> & { readonly message: AlertMessage },
  now: Date,
): Promise<string> {
  const id = newPlatformId("alertNotice", now.getTime());
  const message = { ...notice.message, data: { ...notice.message.data } };
  await db.insert(alertNotices).values({ ...notice, message, id, status: "pending", createdAt: now });
  await db.execute(
    sql`select internal.enqueue_job('send_alert_notice', ${JSON.stringify({ noticeId: id })}::json, null, null, ${mostTries})`,
  );
  return id;
}

function messageOf(locale: Locale, rule: Rule, alert: Alert, kind: NoticeKind): AlertMessage {
  const metric = translate(locale, `console.alerts.metrics.${rule.metric}`) ?? rule.metric;
  const { unit, isBad } = metricKinds[rule.metric];
  const values = {
    name: rule.name || metric,
    metric,
    subject: alert.subject,
    value: told(alert.value, unit),
    threshold: told(rule.threshold, unit),
    side: translate(locale, `console.alerts.side.${isBad}`),
    since: alert.openedAt.toISOString(),
    url: `${env.publicUrl}/console/alerts`,
  };
  const text = (name: string) => translate(locale, `console.alerts.notice.${name}`, values) ?? "";
  return {
    title: text(kind),
    text: [text(alert.subject ? "account" : "platform"), text("since"), values.url].join("\n"),
    severity: alert.severity,
    data: {
      alert: alert.id,
      rule: rule.id,
      metric: rule.metric,
      state: kind,
      subject: alert.subject || null,
      value: alert.value,
      threshold: rule.threshold,
      opened_at: alert.openedAt.toISOString(),
    },
  };
}

function told(value: number, unit: (typeof metricKinds)[Rule["metric"]]["unit"]): string {
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  const suffix = { ms: " ms", seconds: " s", count: "", days: " d" }[unit];
  return `${Math.round(value)}${suffix}`;
}

/** Brings one message to its receiver. The queue tries again after a failure, with growing pauses. */
export const sendAlertNotice = {
  name: "send_alert_notice",
  async run({ noticeId }: { readonly noticeId: string }): Promise<void> {
    const database = operatorDatabase();
    const [found] = await database
      .select({ notice: alertNotices, receiver: alertReceivers })
      .from(alertNotices)
      .innerJoin(alertReceivers, eq(alertReceivers.id, alertNotices.receiverId))
      .where(eq(alertNotices.id, noticeId));
    if (found?.notice.status !== "pending") return;
    const { notice, receiver } = found;
    const error = await deliver(configOf(receiver), notice);
    const tries = notice.tries + 1;
    const status = error === undefined ? "sent" : tries >= mostTries ? "failed" : "pending";
    const sentAt = status === "sent" ? systemClock.now() : null;
    await database
      .update(alertNotices)
      .set({ status, tries, error: error ?? null, sentAt })
      .where(eq(alertNotices.id, noticeId));
    if (status === "pending") throw new Error(`alert notice ${noticeId} not delivered: ${error}`);
  },
};

async function deliver(config: ReceiverConfig, { id, message }: Notice): Promise<string | undefined> {
  if (config.kind === "email") {
    const values = { title: message.title, text: message.text };
    await queueMail(operatorDatabase(), { kind: "alert", to: config.to, locale: config.locale, values });
    return undefined;
  }
  const request = requestTo(config, message, systemClock.now(), id);
  const result = await post(request.url, request, { agents: processAgents(), timeoutMs });
  return result.kind === "failed" ? result.error : readAnswer[config.kind](result.status, result.body);
}
