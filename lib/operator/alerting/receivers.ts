import type { z } from "@hono/zod-openapi";
import { asc, desc, eq, inArray } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { alertNotices, alertReceivers } from "#db/schema/alerting";
import { hintOf } from "#lib/alerting/receivers/all";
import { processAllowList } from "#lib/http-safe/process";
import { NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { translate } from "#lib/messages/translate";
import { checkWebhookUrl } from "#lib/webhooks/url";
import type { OperatorContext } from "../context.ts";
import { recordDeed } from "../record.ts";
import { configOf, queueNotice, type Receiver, sealConfig } from "./notices.ts";
import type { createReceiverSchema } from "./schemas.ts";

type Notice = typeof alertNotices.$inferSelect;

export interface ReceiverView {
  readonly receiver: Receiver;
  readonly last: Notice | undefined;
}

/** Who can be told, and how the last message to each fared. */
export async function listReceivers(): Promise<ReceiverView[]> {
  const db = operatorDatabase();
  const receivers = await db.select().from(alertReceivers).orderBy(asc(alertReceivers.createdAt));
  const last = receivers.length
    ? await db
        .selectDistinctOn([alertNotices.receiverId])
        .from(alertNotices)
        .where(
          inArray(
            alertNotices.receiverId,
            receivers.map(({ id }) => id),
          ),
        )
        .orderBy(alertNotices.receiverId, desc(alertNotices.id))
    : [];
  return receivers.map((receiver) => ({
    receiver,
    last: last.find(({ receiverId }) => receiverId === receiver.id),
  }));
}

/** Its address and secrets are sealed and never shown again. @throws WebhookUrlInvalid, WebhookUrlRefused */
export async function createReceiver(
  octx: OperatorContext,
  { name, config }: z.output<typeof createReceiverSchema>,
): Promise<Receiver> {
  if (config.kind !== "email") checkWebhookUrl(config.url, { livemode: false, allowed: processAllowList() });
  return octx.transaction(async (tx) => {
    const id = newPlatformId("alertReceiver", tx.now.getTime());
    const hint = hintOf(config);
    const values = { id, kind: config.kind, name, hint, sealed: sealConfig(id, config), createdAt: tx.now };
    const [receiver] = await tx.db.insert(alertReceivers).values(values).returning();
    if (!receiver) throw new Error("receiver not kept");
    const after = { kind: config.kind, name, hint };
    await recordDeed(tx, { verb: "alert_receiver.create", objectId: id, change: { after } });
    return receiver;
  });
}

/** @throws NotFound */
export async function switchReceiver(octx: OperatorContext, id: string, isOn: boolean): Promise<Receiver> {
  return octx.transaction(async (tx) => {
    const [receiver] = await tx.db.update(alertReceivers).set({ isOn }).where(eq(alertReceivers.id, id)).returning();
    if (!receiver) throw new NotFound("alert_receiver");
    await recordDeed(tx, { verb: "alert_receiver.update", objectId: id, change: { after: { is_on: isOn } } });
    return receiver;
  });
}

/** Puts a message on its way that says it is a test. @throws NotFound */
export async function testReceiver(octx: OperatorContext, id: string): Promise<Receiver> {
  return octx.transaction(async (tx) => {
    const [receiver] = await tx.db.select().from(alertReceivers).where(eq(alertReceivers.id, id));
    if (!receiver) throw new NotFound("alert_receiver");
    const { locale } = configOf(receiver);
    const text = (key: string) =>
      translate(locale, `console.alerts.notice.${key}`, { name: octx.operator.name, receiver: receiver.name }) ?? "";
    const message = { title: text("testTitle"), text: text("testText"), severity: "warning", data: { state: "test" } };
    await queueNotice(tx.db, { receiverId: id, alertId: null, kind: "test", message }, tx.now);
    await recordDeed(tx, { verb: "alert_receiver.test", objectId: id });
    return receiver;
  });
}
