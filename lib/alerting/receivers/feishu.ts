import { z } from "@hono/zod-openapi";
import { hmacSha256 } from "#lib/kernel/crypto";
import { type AlertMessage, type AlertRequest, answerFields, httpError } from "../message.ts";

export const feishuConfig = z.strictObject({ url: z.url().max(500), secret: z.string().min(1).max(200) });

/**
 * A custom bot of Feishu or Lark with signature verification: HMAC-SHA256 of nothing under the key `<s>\n<secret>`,
 * base64, in the body beside the time (open.feishu.cn, "Custom bot guide"). Unlike DingTalk's, the text is the key.
 */
export function feishuRequest(
  { url, secret }: z.output<typeof feishuConfig>,
  { title, text }: AlertMessage,
  now: Date,
): AlertRequest {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const sign = hmacSha256(`${timestamp}\n${secret}`, "").toString("base64");
  const content = { text: `${title}\n${text}` };
  return {
    url: new URL(url),
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ timestamp, sign, msg_type: "text", content }),
  };
}

export function feishuAnswer(status: number, body: string): string | undefined {
  const { code } = answerFields(body);
  return httpError(status) ?? (code === 0 ? undefined : `code_${String(code ?? "missing")}`);
}
