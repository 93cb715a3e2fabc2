export interface RetentionRule {
  /** Table and columns. */
  readonly data: string;
  readonly holds: string;
  /** Days; null as long as the merchant's account lasts. */
  readonly days: number | null;
  readonly reason: string;
  /** What becomes of it afterwards, or when the person asks to be forgotten. */
  readonly erasure: "deleted" | "tombstone" | "kept";
  /** The schedule that sees to it (lib/jobs/schedules.ts). */
  readonly schedule?: string;
}

/** Which personal data is kept for how long and why; docs/privacy.md tells it to people, and a test compares the two. */
export const retentionRules = [
  {
    data: "orders.customer, subject, description, metadata, return_url",
    holds: "Name, e-mail, phone, the merchant's own id of the shopper, and what the merchant writes beside it",
    days: null,
    reason: "The merchant's contract with the shopper; the merchant decides, and erases on request.",
    erasure: "tombstone",
  },
  {
    data: "orders, attempts, refunds, ledger: amounts, dates, states, references",
    holds: "What was paid, when and how; nobody's name",
    days: 3_650,
    reason: "Accounting and tax law; anti-money-laundering law asks for ten years in China and five in the EU.",
    erasure: "kept",
  },
  {
    data: "attempts.details, attempts.action",
    holds: "The payer's masked account at the channel, the card's last digits",
    days: null,
    reason: "Recognising a payment in a dispute.",
    erasure: "tombstone",
  },
  {
    data: "attempts.shopper: names of the browser",
    holds: "By what a browser is known again at our checkout: the hash of a cookie that lives 180 days",
    days: null,
    reason: "Block and allow lists; follows the order.",
    erasure: "tombstone",
  },
  {
    data: "list_entries, platform_list_entries, payment_refusals",
    holds: "Whom somebody blocks or allows, as keyed hashes with a hint like `j***@shop.example`",
    days: null,
    reason: "Keeping fraud away; as long as the merchant or the platform lets an entry stand.",
    erasure: "kept",
  },
  {
    data: "channel_notifications.body",
    holds: "What a channel told us, as it came: the payer's id and masked account at the channel",
    days: 540,
    reason: "Evidence in disputes; card schemes take them for up to 540 days.",
    erasure: "tombstone",
    schedule: "forget_personal_data",
  },
  {
    data: "events.data",
    holds: "What webhooks told of an order, the shopper's data included",
    days: null,
    reason: "Replays of webhooks; follows the order.",
    erasure: "tombstone",
  },
  {
    data: "audit_log.ip, user_agent of shoppers",
    holds: "From where and with which browser a shopper began to pay",
    days: 180,
    reason: "Security and fraud; China's Cybersecurity Law (art. 23) asks for network logs of six months.",
    erasure: "tombstone",
    schedule: "forget_personal_data",
  },
  {
    data: "request_log",
    holds: "Requests of the merchant's programs with their bodies, secrets and card numbers cut out",
    days: 30,
    reason: "Finding mistakes.",
    erasure: "tombstone",
    schedule: "forget_requests",
  },
  {
    data: "idempotency_keys.response_body",
    holds: "Answers to repeat, the order among them",
    days: 1,
    reason: "A repeated request must get the same answer.",
    erasure: "deleted",
    schedule: "forget_idempotency_keys",
  },
  {
    data: "search_terms of kind email, phone, customer",
    holds: "By what an order is found",
    days: null,
    reason: "Follows the order.",
    erasure: "deleted",
  },
  {
    data: "exports, export_parts",
    holds: "Lists that were exported to files",
    days: 7,
    reason: "Time to fetch them.",
    erasure: "deleted",
    schedule: "end_exports",
  },
  {
    data: "privacy_requests.sealed_file, sealed_subject",
    holds: "What a person asked to see of themselves, sealed",
    days: 7,
    reason: "Time to hand it over.",
    erasure: "deleted",
    schedule: "forget_personal_data",
  },
  {
    data: "users, memberships, invitations, passkeys, second_factors, recovery_codes",
    holds: "Name, e-mail, sign-in secrets of the merchant's people",
    days: null,
    reason: "The account; deleted by its owner at any time.",
    erasure: "tombstone",
  },
  {
    data: "person_sessions",
    holds: "Address and browser of sign-ins",
    days: 210,
    reason: "Recognising new devices; security.",
    erasure: "deleted",
    schedule: "forget_people_traces",
  },
  {
    data: "mails, mailed_links",
    holds: "Mail to the merchant's people, sealed",
    days: 30,
    reason: "Links that open an account must end.",
    erasure: "deleted",
    schedule: "forget_people_traces",
  },
] as const satisfies readonly RetentionRule[];
