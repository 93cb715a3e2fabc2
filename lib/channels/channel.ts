import type { z } from "zod";
import type { CurrencyCode } from "#lib/kernel/currency";
import type { Locale } from "#lib/kernel/locale";
import type { Money } from "#lib/kernel/money";

/** What the shopper uses. A new method is a new entry here and an entry in the message catalogue. */
export const methods = ["wechat_pay", "alipay", "card"] as const;
export type Method = (typeof methods)[number];

/** How the shopper goes through it: scans a code, is sent away, hands over to the wallet around us, types a card. */
export const flows = ["qr", "redirect", "wallet_sdk", "card_fields"] as const;
export type Flow = (typeof flows)[number];

export type Device = "desktop" | "mobile";
export type CaptureMethod = "automatic" | "manual";

/** One way to pay that an adapter offers, as data: the checkout's choice and the capability matrix both read it. */
export interface Capability {
  readonly method: Method;
  readonly flow: Flow;
  readonly currencies: readonly CurrencyCode[];
  /** Where the shopper may be (ISO 3166 alpha-2), or anywhere. */
  readonly countries: readonly string[] | "any";
  readonly devices: readonly Device[];
  /** Only inside this wallet's own browser (its user agent), when set; outside of every wallet's browser when undefined. */
  readonly walletBrowser?: Method;
  readonly captureMethods: readonly CaptureMethod[];
  /** Minor units of the currency, inclusive. */
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  readonly refundWindowDays: number;
  readonly partialRefund: boolean;
}

/** Credentials and addresses of one account at a provider, decrypted for the length of a call. */
export interface ChannelAccount<C = unknown> {
  readonly id: string;
  readonly livemode: boolean;
  /** The shape of the adapter's own `credentials` schema, already parsed. */
  readonly credentials: C;
  /** Where our servers reach the provider, without a trailing slash. */
  readonly baseUrl: string;
  /** Where the shopper's browser reaches the provider; the same host in production. */
  readonly browserUrl: string;
}

/** What goes with every call: the present (test clocks), and the id that our log lines and the provider's share. */
export interface CallOptions {
  readonly now: Date;
  readonly requestId: string;
  readonly timeoutMs: number;
}

export interface PayRequest {
  /** Our reference at the provider: the attempt's id, at most 32 characters of `[0-9a-z_]`, and the idempotency key. */
  readonly reference: string;
  readonly orderId: string;
  readonly method: Method;
  readonly flow: Flow;
  readonly amount: Money;
  readonly subject: string;
  readonly captureMethod: CaptureMethod;
  readonly expiresAt: Date;
  /** Absolute; where the provider reports to. */
  readonly notifyUrl: string;
  /** Absolute; where the provider sends the shopper back to. */
  readonly returnUrl: string;
  readonly shopper: {
    readonly ip: string;
    readonly userAgent: string;
    readonly device: Device;
    readonly locale: Locale;
    /** The wallet's own id of the shopper (WeChat openid), needed for `wallet_sdk`. */
    readonly walletUserId?: string;
    /** The provider's token for what the shopper typed into its fields, needed for `card_fields`. */
    readonly token?: string;
  };
}

/** What the shopper has to do next. */
export type Action =
  | { readonly type: "qr"; readonly content: string; readonly expiresAt?: string }
  | { readonly type: "redirect"; readonly url: string }
  | { readonly type: "wallet_sdk"; readonly wallet: Method; readonly parameters: Record<string, string> }
  | { readonly type: "three_d_secure"; readonly url: string };

/** Why a payment was refused, in the few words that a shopper or a retry can act on. */
export const declineReasons = [
  "insufficient_funds",
  "card_declined",
  "card_expired",
  "incorrect_cvc",
  "incorrect_number",
  "lost_or_stolen",
  "suspected_fraud",
  "authentication_failed",
  "limit_exceeded",
  "canceled_by_shopper",
  "expired",
  "method_unavailable",
  "provider_error",
  "rejected_by_provider",
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** What we may keep and show of what the shopper paid with: never more than the last four digits. */
export interface PaymentDetails {
  readonly brand?: string;
  readonly last4?: string;
  readonly country?: string;
  /** The provider's name for the card number, at this account. */
  readonly fingerprint?: string;
  readonly payer?: string;
  readonly threeDSecure?: "authenticated" | "attempted" | "not_required";
}

export interface Approved {
  readonly kind: "approved";
  /** The provider's own id of the payment. */
  readonly reference: string;
  /** What the provider says was paid or authorised; the caller compares it with what was asked. */
  readonly amount: Money;
  readonly at: Date;
  /** False after an authorisation that waits for a capture. */
  readonly captured: boolean;
  readonly details?: PaymentDetails;
}

export interface Declined {
  readonly kind: "declined";
  readonly reason: DeclineReason;
  readonly providerCode: string;
  /** The provider's id of the failed try, when it made one. */
  readonly reference?: string;
}

export interface Pending {
  readonly kind: "pending";
  readonly reference?: string;
  readonly action?: Action;
  /** Set when the provider answered with a status that the mapper has not met: shown as an alert. */
  readonly unmapped?: string;
}

/** The answer was lost, so money may have moved. Query with the same reference; never charge twice. */
export interface Unknown {
  readonly kind: "unknown";
  readonly cause: string;
}

export type PayOutcome = Approved | Declined | Pending | Unknown;

/** `closed`: the provider will take no payment for this reference any more. `absent`: it has never seen it. */
export type QueryOutcome = PayOutcome | { readonly kind: "closed" } | { readonly kind: "absent" };

/** `paid`: too late to close, query for the details. */
export type CloseOutcome = { readonly kind: "closed" } | { readonly kind: "paid" } | Unknown;

export type CaptureOutcome =
  | { readonly kind: "captured"; readonly amount: Money; readonly at: Date }
  | { readonly kind: "refused"; readonly providerCode: string }
  | Unknown;

export interface PaymentReference {
  /** Ours. */
  readonly reference: string;
  /** The provider's, once known. */
  readonly providerReference?: string;
  readonly amount: Money;
}

export interface RefundRequest extends PaymentReference {
  /** Our refund's id, and the idempotency key. */
  readonly refundReference: string;
  readonly refundAmount: Money;
  readonly reason?: string;
  readonly notifyUrl: string;
}

export type RefundOutcome =
  | { readonly kind: "succeeded"; readonly reference: string; readonly amount: Money; readonly at: Date }
  | { readonly kind: "pending"; readonly reference?: string; readonly unmapped?: string }
  /** `retryable`: nothing happened and the same request may succeed later (the merchant's balance at the provider is short). */
  | { readonly kind: "failed"; readonly providerCode: string; readonly retryable: boolean }
  | Unknown;

/** An answer to our own call says how things stand now; what the provider tells on its own may be old news. */
export type Heard = "asked" | "told";

/** A notification as it came off the wire: bytes untouched, because signatures are over bytes. */
export interface RawNotification {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a verified notification says. `reference` is ours (attempt id or refund id). */
export type ChannelNotification =
  | { readonly kind: "payment"; readonly eventId: string; readonly reference: string; readonly outcome: QueryOutcome }
  | {
      readonly kind: "refund";
      readonly eventId: string;
      readonly refundReference: string;
      readonly outcome: RefundOutcome;
    }
  | { readonly kind: "ignored"; readonly eventId: string; readonly type: string };

/** The notification can't be trusted or read: answered with the provider's word for failure, no effect. */
export class BadNotification extends Error {
  readonly reason: "signature" | "stale" | "malformed" | "foreign_account";

  constructor(reason: BadNotification["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BadNotification";
    this.reason = reason;
  }
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One row of a provider's statement; amounts are signed from the merchant's side (a refund is negative). */
export interface StatementLine {
  readonly kind: "payment" | "refund" | "fee" | "payout" | "adjustment" | "other";
  readonly reference?: string;
  readonly refundReference?: string;
  readonly providerReference: string;
  readonly amount: Money;
  /** Minor units, negative for a charge. */
  readonly fee: bigint;
  readonly at: Date;
  readonly raw: Readonly<Record<string, string>>;
}

/** Words of a provider's console. Its Chinese serves readers of both scripts. */
export interface Localized {
  readonly en: string;
  readonly "zh-CN": string;
}

/** A field of the credentials form: what it is called in the provider's console, and where it is found there. */
export interface CredentialField {
  readonly name: string;
  readonly label: Localized;
  readonly help: Localized;
  /** A number or name, a secret on one line, or a key or certificate as a PEM file. */
  readonly kind: "id" | "secret" | "pem";
  /** Whether knowing it is enough to act or to be believed. */
  readonly secret: boolean;
  readonly isOptional?: boolean;
}

/** `unknown`: the provider did not answer. */
export type FingerprintOutcome =
  | { readonly kind: "found"; readonly fingerprint: string | undefined }
  | { readonly kind: "unknown" };

/** What a harmless signed call proved about credentials. */
export type Probe =
  /** `notProven`: fields that no harmless call uses. */
  | { readonly kind: "accepted"; readonly notProven: readonly string[] }
  | {
      readonly kind: "refused";
      readonly reason: RefusedProbeReason;
      /** The field most likely at fault. */
      readonly field: string;
      readonly providerCode: string;
    }
  | { readonly kind: "unreachable"; readonly cause: string };

/**
 * `key_mismatch`: our signature or key is not the account's. `answer_not_trusted`: the provider's answer does not verify with
 * the provider's key that was given. `mode_mismatch`: a test key among live ones, or the other way.
 */
export type RefusedProbeReason =
  | "unknown_account"
  | "key_mismatch"
  | "answer_not_trusted"
  | "not_permitted"
  | "mode_mismatch"
  | "other";

/**
 * An integration of one provider. Adapters keep no state, never throw on a decline, and speak the provider's wire;
 * everything with a lasting effect (rows, ledger, retries) belongs to the caller.
 */
export interface Channel<C = unknown> {
  readonly name: string;
  readonly label: Localized;
  readonly capabilities: readonly Capability[];
  readonly credentials: z.ZodType<C>;
  readonly credentialFields: readonly CredentialField[];
  /** Production addresses; the simulator's come from the environment. */
  readonly liveBaseUrl: string;
  readonly sandboxBaseUrl?: string;

  /** One signed call that reads and moves nothing, to tell which of the credentials is wrong. */
  probe(account: ChannelAccount<C>, options: CallOptions): Promise<Probe>;
  /** When the provider stops taking the credentials, where they say so themselves. */
  credentialsExpireAt?(account: ChannelAccount<C>): Date | undefined;

  pay(account: ChannelAccount<C>, request: PayRequest, options: CallOptions): Promise<PayOutcome>;
  query(account: ChannelAccount<C>, payment: PaymentReference, options: CallOptions): Promise<QueryOutcome>;
  /** Ends an unpaid payment, or voids an authorisation. */
  close(account: ChannelAccount<C>, payment: PaymentReference, options: CallOptions): Promise<CloseOutcome>;
  capture?(
    account: ChannelAccount<C>,
    payment: PaymentReference,
    captureAmount: Money,
    options: CallOptions,
  ): Promise<CaptureOutcome>;
  refund(account: ChannelAccount<C>, request: RefundRequest, options: CallOptions): Promise<RefundOutcome>;
  queryRefund(account: ChannelAccount<C>, request: RefundRequest, options: CallOptions): Promise<RefundOutcome>;

  /** Verifies over the raw bytes, then reads. @throws BadNotification */
  readNotification(
    account: ChannelAccount<C>,
    raw: RawNotification,
    options: { now: Date },
  ): Promise<ChannelNotification>;
  /** The provider's own words for "understood" and "send it again". */
  acknowledge(accepted: boolean): WireAnswer;

  /** One day's statement. `date` is `yyyy-mm-dd` in the provider's time zone. Empty when the provider had no trade. */
  statement(account: ChannelAccount<C>, date: string, options: CallOptions): AsyncIterable<StatementLine>;

  /** The provider's own name for the card behind a token, before anything is charged. */
  cardFingerprint?(account: ChannelAccount<C>, token: string, options: CallOptions): Promise<FingerprintOutcome>;

  /** For `card_fields`: the provider's isolated page that takes the card and answers with a token. */
  cardFields?(account: ChannelAccount<C>): { readonly frameUrl: string; readonly origin: string };
}
