import { inArray } from "drizzle-orm";
import type { z } from "zod";
import { stripeObjects } from "#db/schema/sim-stripe";
import type { Command } from "./gateway.ts";
import * as params from "./params.ts";
import {
  cancelPaymentIntent,
  capturePaymentIntent,
  confirmPaymentIntent,
  createPaymentIntent,
} from "./payment-intents.ts";
import { createPaymentMethod } from "./payment-methods.ts";
import { createRefund } from "./refunds.ts";
import type { Reader } from "./store.ts";
import { registerEndpoint, removeEndpoint } from "./webhook-endpoints.ts";

async function storedReferences(db: Reader, ids: readonly (string | undefined)[]): Promise<(string | undefined)[]> {
  const named = ids.filter((id) => id !== undefined);
  if (named.length === 0) return [];
  const rows = await db
    .select({ reference: stripeObjects.reference })
    .from(stripeObjects)
    .where(inArray(stripeObjects.id, named));
  return rows.map((row) => row.reference ?? undefined);
}

const ofIntent = <P>(db: Reader, _: P, id: string) => storedReferences(db, [id]);
const none = async () => [];

/** The endpoints that change something. */
export const commands = {
  createPaymentMethod: {
    operation: "any",
    params: params.createPaymentMethod,
    publishable: true,
    references: none,
    run: createPaymentMethod,
  } satisfies Command<params.CreatePaymentMethod>,
  createPaymentIntent: {
    operation: "pay",
    params: params.createIntent,
    references: async (_, { metadata }) => [metadata?.reference],
    run: createPaymentIntent,
  } satisfies Command<params.CreateIntent>,
  confirmPaymentIntent: {
    operation: "pay",
    params: params.confirmIntent,
    references: ofIntent,
    run: (call, confirm, id) => confirmPaymentIntent(call, id, confirm),
  } satisfies Command<params.ConfirmIntent>,
  capturePaymentIntent: {
    operation: "capture",
    params: params.captureIntent,
    references: ofIntent,
    run: (call, capture, id) => capturePaymentIntent(call, id, capture),
  } satisfies Command<params.CaptureIntent>,
  cancelPaymentIntent: {
    operation: "close",
    params: params.cancelIntent,
    references: ofIntent,
    run: (call, cancel, id) => cancelPaymentIntent(call, id, cancel),
  } satisfies Command<params.CancelIntent>,
  createRefund: {
    operation: "refund",
    params: params.createRefund,
    references: async (db, refund) => [
      refund.metadata?.reference,
      ...(await storedReferences(db, [refund.payment_intent, refund.charge])),
    ],
    run: createRefund,
  } satisfies Command<params.CreateRefund>,
  createWebhookEndpoint: {
    operation: "any",
    params: params.createWebhookEndpoint,
    references: none,
    run: registerEndpoint,
  } satisfies Command<z.output<typeof params.createWebhookEndpoint>>,
  deleteWebhookEndpoint: {
    operation: "any",
    params: params.nothing,
    references: none,
    run: (call, _, id) => removeEndpoint(call, id),
  } satisfies Command<z.output<typeof params.nothing>>,
};
