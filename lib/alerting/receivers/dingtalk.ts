import { z } from "@hono/zod-openapi";
import { hmacSha256 } from "#lib/kernel/crypto";
import { type AlertMessage, type AlertRequest, answerFields, httpError } from "../message.ts";

export const dingtalkConfig = z.strictObject({
  url: z.url().max(500),
  /** Begins with SEC. */
  secret: z.string().min(1).max(200),
});

/**
 * A group robot of DingTalk with the security setting "sign": HMAC-SHA256 over `<ms>\n<secret>` under the secret, base64,
 * beside the time in the address (open.dingtalk.com, "Customize robot security settings").
 */
export function dingtalkRequest(
  { url, secret }: z.output<typeof dingtalkConfig>,
  { title, text }: AlertMessage,
  now: Date,
): AlertRequest {
  const timestamp = String(now.getTime());
  const address = new URL(url);
  address.searchParams.set("timestamp", timestamp);
  address.searchParams.set("sign", hmacSha256(secret, `${timestamp}\n${secret}`).toString("base64"));
  const markdown = { title, text: `### ${title}\n\n${text.replaceAll("\n", "\n\n")}` };
  return {
    url: address,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ msgtype: "markdown", markdown }),
  };
}

export function dingtalkAnswer(status: number, body: string): string | undefined {
  const { errcode } = answerFields(body);
  return httpError(status) ?? (errcode === 0 ? undefined : `errcode_${String(errcode ?? "missing")}`);
}
