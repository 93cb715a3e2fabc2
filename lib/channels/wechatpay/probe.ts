import type { CallOptions, Probe, RefusedProbeReason } from "../channel.ts";
import { callWechatpay, type WechatpayAccount } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** No attempt has this id, so the honest answer is that there is no such order. */
const nobodysReference = "gpl_credential_test";

/** Asks for an order that does not exist: merchant, certificate and signature are checked before it is looked for. */
export async function probe(account: WechatpayAccount, options: CallOptions): Promise<Probe> {
  const path = `/v3/pay/transactions/out-trade-no/${nobodysReference}?mchid=${account.credentials.mchid}`;
  const answer = await callWechatpay(account, { method: "GET", path }, options);
  switch (answer.kind) {
    case "ok":
      return accepted;
    case "not_sent":
      return { kind: "unreachable", cause: answer.cause };
    case "lost":
      return answer.isUntrusted
        ? refused("answer_not_trusted", "platform_public_key", "signature")
        : { kind: "unreachable", cause: answer.cause };
    case "refused":
      return refusedCall(answer.status, answer.code);
  }
}

// A query names no application, and only notifications are encrypted with the APIv3 key.
const accepted: Probe = { kind: "accepted", notProven: ["appid", "apiv3_key"] };

function refusedCall(status: number, code: string): Probe {
  switch (code) {
    case "MCH_NOT_EXISTS":
      return refused("unknown_account", "mchid", code);
    case "SIGN_ERROR":
      return refused("key_mismatch", "private_key", code);
    case "NO_AUTH":
      return refused("not_permitted", "mchid", code);
    // Of all that the request carries, only the id of the answering key comes from the form and has no shape to check.
    case "PARAM_ERROR":
      return refused("answer_not_trusted", "platform_public_key_id", code);
  }
  const meaning = refusalOf(status, code);
  if (meaning === "not_found") return accepted;
  if (meaning === "outcome_unknown" || meaning === "not_executed") return { kind: "unreachable", cause: code };
  return refused("other", "mchid", code);
}

function refused(reason: RefusedProbeReason, field: string, providerCode: string): Probe {
  return { kind: "refused", reason, field, providerCode };
}
