/** What an error code tells us, whichever call it answers. */
export type Refusal =
  /** The provider does not know itself what became of the call: query, then send the same again. */
  | "outcome_unknown"
  /** Throttled: certainly not carried out. */
  | "not_executed"
  | "awaiting_shopper"
  | "insufficient_funds"
  | "shopper_refused"
  | "already_paid"
  | "closed"
  /** Our reference was used before, with other parameters. */
  | "reference_in_use"
  | "not_found"
  | "invalid_request"
  | "misconfigured";

/** channels.md §2.9, written without underscores because both spellings exist. */
const refusals: Readonly<Record<string, Refusal>> = {
  SYSTEMERROR: "outcome_unknown",
  BANKERROR: "outcome_unknown",
  FREQUENCYLIMITED: "not_executed",
  FREQUENCYLIMIT: "not_executed",
  RATELIMITEXCEEDED: "not_executed",
  RULELIMIT: "not_executed",
  USERPAYING: "awaiting_shopper",
  NOTENOUGH: "insufficient_funds",
  AUTHCODEEXPIRED: "shopper_refused",
  AUTHCODEINVALID: "shopper_refused",
  AUTHCODEERROR: "shopper_refused",
  TRADEERROR: "shopper_refused",
  ACCOUNTERROR: "shopper_refused",
  USERACCOUNTABNORMAL: "shopper_refused",
  OPENIDMISMATCH: "shopper_refused",
  ORDERCLOSED: "closed",
  ORDERREVERSED: "closed",
  ORDERPAID: "already_paid",
  OUTTRADENOUSED: "reference_in_use",
  ORDERNOTEXIST: "not_found",
  RESOURCENOTEXISTS: "not_found",
  INVALIDTRANSACTIONID: "invalid_request",
  PARAMERROR: "invalid_request",
  INVALIDREQUEST: "invalid_request",
  APPIDMCHIDNOTMATCH: "misconfigured",
  MCHNOTEXISTS: "misconfigured",
  SIGNERROR: "misconfigured",
  NOAUTH: "misconfigured",
};

/** Undefined for a code that is not in the table and whose HTTP status says nothing more either. */
export function refusalOf(status: number, code: string): Refusal | undefined {
  const known = refusals[code.replaceAll("_", "").toUpperCase()];
  if (known) return known;
  if (status >= 500) return "outcome_unknown";
  return status === 429 ? "not_executed" : undefined;
}
