import type { CallOptions, ChannelAccount } from "../channel.ts";
import { callHttp } from "../http.ts";
import type { AlipayCredentials } from "./credentials.ts";
import { canonicalText, signText, verifyBytes } from "./sign.ts";
import { toBeijingTime } from "./time.ts";
import { type Method, resultHead } from "./wire.ts";

export type AlipayAccount = ChannelAccount<AlipayCredentials>;

/** `lost` is also an answer that can't be believed or read: what it says of money counts for nothing. */
export type AlipayAnswer =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "refused"; readonly code: string; readonly subCode: string | undefined }
  | { readonly kind: "not_sent"; readonly cause: string }
  /** `isUntrusted`: there was an answer, but it is not signed with the key that we know as Alipay's. */
  | { readonly kind: "lost"; readonly cause: string; readonly isUntrusted?: true };

export interface AlipayRequest {
  readonly method: Method;
  readonly bizContent: object;
  readonly notifyUrl?: string;
  readonly returnUrl?: string;
}

/** Every parameter of a request, signed (channels.md §1.2). */
export async function signedParameters(
  credentials: AlipayCredentials,
  request: AlipayRequest,
  now: Date,
): Promise<Record<string, string>> {
  const parameters: Record<string, string> = {
    app_id: credentials.app_id,
    method: request.method,
    format: "JSON",
    charset: "utf-8",
    sign_type: "RSA2",
    timestamp: toBeijingTime(now),
    version: "1.0",
    ...(request.notifyUrl ? { notify_url: request.notifyUrl } : {}),
    ...(request.returnUrl ? { return_url: request.returnUrl } : {}),
    biz_content: JSON.stringify(request.bizContent),
  };
  return { ...parameters, sign: await signText(credentials.private_key, canonicalText(parameters)) };
}

/** The address of a page at Alipay: the whole request signed into it, no call made. */
export async function pageAddress(account: AlipayAccount, request: AlipayRequest, now: Date): Promise<string> {
  return `${account.browserUrl}/gateway.do?${encode(await signedParameters(account.credentials, request, now))}`;
}

/** One signed call. The answer is believed when its signature verifies over the bytes received. */
export async function callAlipay(
  account: AlipayAccount,
  request: AlipayRequest,
  options: CallOptions,
): Promise<AlipayAnswer> {
  const { biz_content: bizContent = "", ...common } = await signedParameters(account.credentials, request, options.now);
  const outcome = await callHttp({
    method: "POST",
    url: `${account.baseUrl}/gateway.do?${encode(common)}`,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      "user-agent": "GlobalPayLink/1.0",
    },
    body: encode({ biz_content: bizContent }),
    timeoutMs: options.timeoutMs,
    requestId: options.requestId,
  });
  if (outcome.kind !== "answer") return outcome;
  if (outcome.status !== 200) return { kind: "lost", cause: `answer ${outcome.status}` };
  return readAnswer(account.credentials, request.method, outcome.body);
}

/** Percent-encoded throughout: a plus for a space would depend on who decodes it. */
function encode(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

/** Refusals that the gateway may answer unsigned, because it could not tell whose request it was. */
const unsignedCodes: ReadonlySet<string> = new Set(["20001", "40001", "40002", "40006"]);

/** Verifies and reads an answer (channels.md §1.3). */
export function readAnswer(credentials: AlipayCredentials, method: Method, bytes: Buffer): AlipayAnswer {
  const signed = signedPart(bytes, `${method.replaceAll(".", "_")}_response`) ?? signedPart(bytes, "error_response");
  const envelope = parseJson(bytes);
  const content = signed && parseJson(signed);
  const head = resultHead.safeParse(content);
  if (!signed || !head.success) return { kind: "lost", cause: "answer is not readable" };

  const { code, sub_code: subCode } = head.data;
  const signature = isRecord(envelope) && typeof envelope.sign === "string" ? envelope.sign : "";
  if (!signature && !unsignedCodes.has(code)) return { kind: "lost", cause: "answer is not signed" };
  if (signature && !verifyBytes(credentials.alipay_public_key, signed, signature)) {
    return { kind: "lost", cause: "answer's signature does not verify", isUntrusted: true };
  }
  return code === "10000" ? { kind: "ok", body: content } : { kind: "refused", code, subCode };
}

/**
 * The bytes that an answer's signature covers: the value of one of its members, cut out as received, because writing
 * it again would lose its escaped slashes.
 */
function signedPart(bytes: Buffer, name: string): Buffer | undefined {
  // One character a byte, so that positions in the text are positions in the bytes; all that is looked for is ASCII.
  const text = bytes.toString("latin1");
  let depth = 0;
  let start: number | undefined;
  // Strings whole, so that a brace or a name inside one does not count.
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/gs)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (depth === 1 && token === `"${name}"`) start = valueStart(text, index + token.length);
    if (token === "}" && depth === 1 && start !== undefined) return bytes.subarray(start, index + 1);
  }
  return undefined;
}

/** Where the object begins that a member's name is followed by. */
function valueStart(text: string, from: number): number | undefined {
  const between = /^\s*:\s*(?=\{)/.exec(text.slice(from, from + 20));
  return between ? from + between[0].length : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
