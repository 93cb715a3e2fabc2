import { randomBytes } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { hmacSha256, sha256Hex } from "#lib/kernel/crypto";
import { type AlertMessage, type AlertRequest, answerFields, httpError } from "../message.ts";

export const aliyunSmsConfig = z.strictObject({
  /** The service's own address unless a gateway of the same protocol stands in its place. */
  url: z.url().max(500).default("https://dysmsapi.aliyuncs.com/"),
  access_key_id: z.string().min(1).max(100),
  access_key_secret: z.string().min(1).max(200),
  sign_name: z.string().min(1).max(40),
  /** Of a template with the variables `title` and `severity`. */
  template_code: z.string().min(1).max(40),
  /** Numbers separated by commas. */
  phones: z.string().regex(/^\+?\d{5,16}(,\+?\d{5,16}){0,19}$/),
});

interface Acs3 {
  readonly keyId: string;
  readonly keySecret: string;
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly nonce: string;
}

/** RFC 3986: also what encodeURIComponent leaves alone. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join("&");
}

/** ACS3-HMAC-SHA256 over an empty body (alibabacloud.com, "V3 request structure and signature"). */
export function acs3Headers({ keyId, keySecret, host, action, version, query, at, nonce }: Acs3) {
  const headers: Record<string, string> = {
    host,
    "x-acs-action": action,
    "x-acs-content-sha256": sha256Hex(""),
    "x-acs-date": at.toISOString().replace(/\.\d{3}Z$/, "Z"),
    "x-acs-signature-nonce": nonce,
    "x-acs-version": version,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const request = ["POST", "/", canonicalQuery(query), lines, names.join(";"), sha256Hex("")].join("\n");
  const signature = hmacSha256(keySecret, `ACS3-HMAC-SHA256\n${sha256Hex(request)}`).toString("hex");
  return {
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names.join(";")},Signature=${signature}`,
  };
}

const longestVariable = 35;

/** SendSms of Alibaba Cloud's short message service, version 2017-05-25. */
export function aliyunSmsRequest(
  config: z.output<typeof aliyunSmsConfig>,
  { title, severity }: AlertMessage,
  now: Date,
): AlertRequest {
  const url = new URL(config.url);
  const query = {
    PhoneNumbers: config.phones,
    SignName: config.sign_name,
    TemplateCode: config.template_code,
    TemplateParam: JSON.stringify({ title: title.slice(0, longestVariable), severity }),
  };
  const headers = acs3Headers({
    keyId: config.access_key_id,
    keySecret: config.access_key_secret,
    host: url.host,
    action: "SendSms",
    version: "2017-05-25",
    query,
    at: now,
    nonce: randomBytes(16).toString("hex"),
  });
  url.pathname = "/";
  url.search = canonicalQuery(query);
  return { url, headers, body: "" };
}

export function aliyunSmsAnswer(status: number, body: string): string | undefined {
  const { Code: code } = answerFields(body);
  return code === "OK" ? undefined : (httpError(status) ?? `code_${String(code ?? "missing")}`);
}
