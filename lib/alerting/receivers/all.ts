import { z } from "@hono/zod-openapi";
import type { ReceiverKind } from "#db/schema/alerting";
import { locales } from "#lib/kernel/locale";
import type { AlertMessage, AlertRequest, ReadAnswer } from "../message.ts";
import { aliyunSmsAnswer, aliyunSmsConfig, aliyunSmsRequest } from "./aliyun-sms.ts";
import { dingtalkAnswer, dingtalkConfig, dingtalkRequest } from "./dingtalk.ts";
import { feishuAnswer, feishuConfig, feishuRequest } from "./feishu.ts";
import { webhookAnswer, webhookConfig, webhookRequest } from "./webhook.ts";

const emailConfig = z.strictObject({ to: z.email().max(254) });

/** Address and secrets of a receiver by its kind; `locale` is the language that it is told in. */
const common = { locale: z.enum(locales).default("en") };
export const receiverConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("email"), ...common, ...emailConfig.shape }),
  z.strictObject({ kind: z.literal("dingtalk"), ...common, ...dingtalkConfig.shape }),
  z.strictObject({ kind: z.literal("feishu"), ...common, ...feishuConfig.shape }),
  z.strictObject({ kind: z.literal("webhook"), ...common, ...webhookConfig.shape }),
  z.strictObject({ kind: z.literal("sms"), ...common, ...aliyunSmsConfig.shape }),
]);
export type ReceiverConfig = z.output<typeof receiverConfig>;
type HttpConfig = Exclude<ReceiverConfig, { kind: "email" }>;

/** The request that brings a message to a receiver. */
export function requestTo(config: HttpConfig, message: AlertMessage, now: Date, noticeId: string): AlertRequest {
  switch (config.kind) {
    case "dingtalk":
      return dingtalkRequest(config, message, now);
    case "feishu":
      return feishuRequest(config, message, now);
    case "webhook":
      return webhookRequest(config, message, now, noticeId);
    case "sms":
      return aliyunSmsRequest(config, message, now);
  }
}

export const readAnswer: Record<Exclude<ReceiverKind, "email">, ReadAnswer> = {
  dingtalk: dingtalkAnswer,
  feishu: feishuAnswer,
  webhook: webhookAnswer,
  sms: aliyunSmsAnswer,
};

/** Where it goes, without what is secret about it: a robot's address is its key. */
export function hintOf(config: ReceiverConfig): string {
  switch (config.kind) {
    case "email":
      return config.to;
    case "sms":
      return config.phones.replaceAll(/\d(?=\d{4})/g, "*");
    default:
      return new URL(config.url).host;
  }
}

/** What address and secrets are bound to when sealed. */
export function receiverContext(id: string): string {
  return `alert_receivers:${id}`;
}
