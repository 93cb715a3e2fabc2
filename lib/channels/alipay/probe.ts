import type { CallOptions, Probe, RefusedProbeReason } from "../channel.ts";
import { type AlipayAccount, callAlipay } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** No attempt has this id, so the honest answer is that there is no such trade. */
const nobodysReference = "gpl_credential_test";

/** Asks for a trade that does not exist: the gateway checks application and signature before it looks. */
export async function probe(account: AlipayAccount, options: CallOptions): Promise<Probe> {
  const call = { method: "alipay.trade.query", bizContent: { out_trade_no: nobodysReference } } as const;
  const answer = await callAlipay(account, call, options);
  switch (answer.kind) {
    case "ok":
      return accepted;
    case "not_sent":
      return { kind: "unreachable", cause: answer.cause };
    case "lost":
      return answer.isUntrusted
        ? refused("answer_not_trusted", "alipay_public_key", "signature")
        : { kind: "unreachable", cause: answer.cause };
    case "refused":
      return refusedCall(answer.code, answer.subCode);
  }
}

// The query names the application only, so the seller's own number goes unused.
const accepted: Probe = { kind: "accepted", notProven: ["seller_id"] };

function refusedCall(code: string, subCode: string | undefined): Probe {
  const said = subCode ?? code;
  if (subCode === "isv.invalid-app-id") return refused("unknown_account", "app_id", said);
  if (subCode === "isv.invalid-signature") return refused("key_mismatch", "private_key", said);
  if (code === "40006" || /ACCESS_FORBIDDEN/.test(said)) return refused("not_permitted", "app_id", said);
  const meaning = refusalOf({ code, subCode });
  if (meaning === "not_found") return accepted;
  if (meaning === "unknown" || meaning === "not_executed") return { kind: "unreachable", cause: said };
  return refused("other", "app_id", said);
}

function refused(reason: RefusedProbeReason, field: string, providerCode: string): Probe {
  return { kind: "refused", reason, field, providerCode };
}
