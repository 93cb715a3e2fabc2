import type { Account } from "./accounts.ts";
import { isSignedBy, requestMessage } from "./signature.ts";
import { signError, WechatPayError } from "./wire-error.ts";

const scheme = "WECHATPAY2-SHA256-RSA2048";
const maxSkewMs = 5 * 60_000;

/** A request as it came off the wire. `target` is path and query, untouched. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Headers;
  readonly body: string;
}

/** Finds out which merchant signed the request. @throws WechatPayError SIGN_ERROR and its relatives */
export async function authenticate(
  request: WireRequest,
  findAccount: (mchid: string) => Promise<Account | undefined>,
  now: Date,
): Promise<Account> {
  if (!request.headers.get("accept") || !request.headers.get("user-agent")) {
    throw new WechatPayError(400, "PARAM_ERROR", "Http头缺少Accept或User-Agent");
  }
  const token = readAuthorization(request.headers.get("authorization") ?? "");
  if (Math.abs(now.getTime() - Number(token.timestamp) * 1000) > maxSkewMs) {
    throw signError("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟");
  }
  const account = await findAccount(token.mchid);
  if (!account) throw new WechatPayError(400, "MCH_NOT_EXISTS", "商户号不存在");
  if (token.serial_no !== account.merchantSerialNo) {
    throw signError("商户证书序列号有误。请使用签名私钥匹配的证书序列号");
  }
  const message = requestMessage(request.method, request.target, token.timestamp, token.nonce_str, request.body);
  if (!isSignedBy(message, token.signature, account.merchantKey)) throw signatureMismatch(request, message);
  return account;
}

interface Token {
  readonly mchid: string;
  readonly nonce_str: string;
  readonly timestamp: string;
  readonly serial_no: string;
  readonly signature: string;
}

/** The five fields stand in any order. */
function readAuthorization(header: string): Token {
  const fields = new Map<string, string>();
  if (header.startsWith(`${scheme} `)) {
    for (const part of header.slice(scheme.length + 1).split(",")) {
      const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(part);
      if (match?.[1] && match[2]) fields.set(match[1], match[2]);
    }
  }
  const field = (name: string) => {
    const value = fields.get(name);
    if (!value) throw signError("Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》");
    return value;
  };
  const timestamp = field("timestamp");
  if (!/^\d{1,12}$/.test(timestamp)) throw signError("Http头Authorization中的timestamp不是有效的时间戳");
  return {
    mchid: field("mchid"),
    nonce_str: field("nonce_str"),
    timestamp,
    serial_no: field("serial_no"),
    signature: field("signature"),
  };
}

function signatureMismatch(request: WireRequest, message: string): WechatPayError {
  return signError("错误的签名，验签失败", {
    field: "signature",
    location: "authorization",
    detail: { issue: "sign not match" },
    sign_information: {
      method: request.method,
      url: request.target,
      truncated_sign_message: message.slice(0, 1024),
      sign_message_length: message.length,
    },
  });
}

/**
 * The id of the key that signs the answer: the one that the request names, else the account's public key. An answer
 * with certificates is signed by the certificate that it carries, because the caller may know no other key yet.
 *
 * @throws WechatPayError when the request names a key that is not the account's
 */
export function answeringSerial(request: WireRequest, account: Account): string {
  const wanted = request.headers.get("wechatpay-serial");
  if (wanted === account.platformPublicKeyId || wanted === account.certificateSerialNo) return wanted;
  if (wanted) throw new WechatPayError(400, "PARAM_ERROR", "平台证书序列号Wechatpay-Serial错误");
  return request.target.endsWith("/v3/certificates") ? account.certificateSerialNo : account.platformPublicKeyId;
}
