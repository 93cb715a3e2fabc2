import type { CallOptions, ChannelAccount } from "../channel.ts";
import { callHttp, type HttpAnswer } from "../http.ts";
import type { WechatpayCredentials } from "./credentials.ts";
import { authorization, newStamp, type SignatureFault, signatureFault } from "./sign.ts";
import { errorAnswer } from "./wire.ts";

export type WechatpayAccount = ChannelAccount<WechatpayCredentials>;

/** `lost` is also an answer that can't be believed or read: what it says of money counts for nothing. */
export type WechatpayAnswer =
  | { readonly kind: "ok"; readonly status: number; readonly body: unknown }
  | { readonly kind: "refused"; readonly status: number; readonly code: string }
  | { readonly kind: "not_sent"; readonly cause: string }
  /** `isUntrusted`: there was an answer, but it is not signed with the key that we know as WeChat Pay's. */
  | { readonly kind: "lost"; readonly cause: string; readonly isUntrusted?: true };

export interface WechatpayRequest {
  readonly method: "GET" | "POST";
  /** From `/v3` on, with its query. */
  readonly path: string;
  readonly body?: object;
}

/** One signed call. The answer is believed when its own signature verifies over the bytes received. */
export async function callWechatpay(
  account: WechatpayAccount,
  request: WechatpayRequest,
  options: CallOptions,
): Promise<WechatpayAnswer> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const outcome = await send(account, { method: request.method, url: account.baseUrl + request.path, body }, options);
  if (outcome.kind !== "answer") return outcome;
  return outcome.status >= 200 && outcome.status < 300
    ? readSuccess(account.credentials, outcome, options.now)
    : readRefusal(account.credentials, outcome, options.now);
}

/** Fetches a bill from the address that a signed answer gave. Its answer carries no signature (channels.md §2.2). */
export async function downloadBill(
  account: WechatpayAccount,
  url: string,
  options: CallOptions & { readonly maxBytes: number },
): Promise<{ readonly kind: "file"; readonly bytes: Buffer } | { readonly kind: "failed"; readonly cause: string }> {
  const outcome = await send(account, { method: "GET", url, body: undefined }, options);
  if (outcome.kind !== "answer") return { kind: "failed", cause: outcome.cause };
  if (outcome.status !== 200) return { kind: "failed", cause: `status ${outcome.status}` };
  return { kind: "file", bytes: outcome.body };
}

async function send(
  account: WechatpayAccount,
  request: { readonly method: "GET" | "POST"; readonly url: string; readonly body: string | undefined },
  options: CallOptions & { readonly maxBytes?: number },
) {
  const url = new URL(request.url);
  const signed = {
    method: request.method,
    // Of the parsed address: the path that is signed is the one that fetch requests, a base address's prefix included.
    pathAndQuery: url.pathname + url.search,
    body: request.body ?? "",
    ...newStamp(options.now),
  };
  return callHttp({
    method: request.method,
    url: url.href,
    headers: {
      accept: "application/json",
      "user-agent": "GlobalPayLink/1.0",
      authorization: await authorization(account.credentials, signed),
      // Selects the key that the answer is signed with.
      "wechatpay-serial": account.credentials.platform_public_key_id,
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: request.body,
    timeoutMs: options.timeoutMs,
    maxBytes: options.maxBytes,
    requestId: options.requestId,
  });
}

function readSuccess(credentials: WechatpayCredentials, answer: HttpAnswer, now: Date): WechatpayAnswer {
  const fault = signatureFault(credentials, (name) => answer.headers.get(name) ?? undefined, answer.body, now);
  if (fault) return untrusted(answer, fault);
  if (answer.status === 202) return { kind: "lost", cause: "accepted, but not carried out yet" };
  const body = answer.body.length === 0 ? undefined : parseJson(answer.body);
  if (answer.body.length > 0 && body === undefined) return { kind: "lost", cause: "answer is not JSON" };
  return { kind: "ok", status: answer.status, body };
}

/** Errors may come unsigned (a gateway in front answers them), but a signature that is there has to verify. */
function readRefusal(credentials: WechatpayCredentials, answer: HttpAnswer, now: Date): WechatpayAnswer {
  if (answer.headers.has("wechatpay-signature")) {
    const fault = signatureFault(credentials, (name) => answer.headers.get(name) ?? undefined, answer.body, now);
    if (fault) return untrusted(answer, fault);
  }
  const error = errorAnswer.safeParse(parseJson(answer.body));
  if (!error.success) return { kind: "lost", cause: `answer ${answer.status} without an error code` };
  return { kind: "refused", status: answer.status, code: error.data.code };
}

function untrusted(answer: HttpAnswer, fault: SignatureFault): WechatpayAnswer {
  const cause = `answer ${answer.status}: ${fault.message}`;
  return fault.reason === "signature" ? { kind: "lost", cause, isUntrusted: true } : { kind: "lost", cause };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
