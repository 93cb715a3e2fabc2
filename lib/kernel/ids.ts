import { randomBytes, randomFillSync } from "node:crypto";

/** Crockford base32 in lower case: no i, l, o, u, so an id read aloud or copied by hand stays right. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * What each id begins with. At most three letters: a whole id is then at most 32 characters of
 * `[0-9a-z_]`, the narrowest reference that any provider takes (WeChat Pay's out_trade_no).
 */
export const idPrefixes = {
  merchant: "mer",
  order: "ord",
  attempt: "att",
  refund: "re",
  capture: "cap",
  event: "evt",
  webhookEndpoint: "we",
  webhookDelivery: "wd",
  channelAccount: "ca",
  platformAccount: "pca",
  apiKey: "key",
  ledgerTransaction: "txn",
  ledgerTransfer: "tf",
  ledgerAccount: "la",
  audit: "aud",
  notification: "ntf",
  user: "usr",
  operator: "opr",
  file: "fil",
  export: "exp",
  savedView: "sv",
  role: "rol",
  requestLog: "log",
  invitation: "inv",
  session: "ses",
  passkey: "psk",
  mail: "ml",
  privacyRequest: "prv",
  approval: "apr",
  freeze: "frz",
  impersonation: "imp",
  ticket: "tkt",
  ticketMessage: "tkm",
  ticketNote: "tkn",
  errorCase: "cas",
  article: "art",
  signature: "sig",
  merchantNote: "mn",
  listEntry: "le",
  refusal: "rfs",
  maintenance: "mnt",
  alertRule: "alr",
  alert: "alt",
  alertSilence: "als",
  alertReceiver: "arv",
  alertNotice: "aln",
} as const;

export type IdKind = keyof typeof idPrefixes;

const merchantKeyLength = 8;
const timeLength = 10;
const randomLength = 10;

const merchantIdPattern = /^mer_[0-9a-hjkmnp-tv-z]{8}$/;
const tenantIdPattern = /^([a-z]{2,3})_([0-9a-hjkmnp-tv-z]{8})[0-9a-hjkmnp-tv-z]{20}$/;

/** Randomness drawn ahead: asking for ten bytes costs nearly as much as asking for four thousand. Each byte is used once. */
const drawn = Buffer.alloc(4_096);
let used = drawn.length;

function randomBase32(length: number): string {
  let text = "";
  for (let position = 0; position < length; position++) {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    text += alphabet[(drawn[used++] ?? 0) & 31];
  }
  return text;
}

/** @param atMs what no id can say, before 1970 or beyond the year 37000, becomes the nearest that one can */
function timeBase32(atMs: number): string {
  let text = "";
  let rest = Math.min(Math.max(Math.trunc(atMs), 0), 32 ** timeLength - 1);
  for (let position = 0; position < timeLength; position++) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** `mer_` and eight random characters, the merchant key that every id of this merchant carries. */
export function newMerchantId(): string {
  return `mer_${randomBase32(merchantKeyLength)}`;
}

/** Kinds whose ids keep the order in which this process made them, also within a millisecond: nobody guards their names. */
const sequentialKinds: ReadonlySet<IdKind> = new Set(["event", "ledgerTransfer", "audit", "requestLog"]);
let lastSequentialMs = 0;
let lastSequential = 0n;

/** The random part of a sequential id: random in a new millisecond, the next number within it. */
function sequentialBase32(atMs: number): string {
  if (atMs === lastSequentialMs) lastSequential += 1n;
  else {
    lastSequentialMs = atMs;
    // The top bit stays clear, so that counting up never overflows into the time.
    lastSequential = BigInt(`0x${randomBytes(7).toString("hex")}`) & ((1n << 49n) - 1n);
  }
  let text = "";
  let rest = lastSequential;
  for (let position = 0; position < randomLength; position++) {
    text = alphabet[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * `<prefix>_<merchant key><time><random>`: sorts by time within a merchant, and names its tenant, so that one id is
 * enough to find the shard. 50 random bits a millisecond and merchant.
 */
export function newId(kind: Exclude<IdKind, "merchant">, merchantId: string, atMs: number = Date.now()): string {
  const tail = sequentialKinds.has(kind) ? sequentialBase32(atMs) : randomBase32(randomLength);
  return `${idPrefixes[kind]}_${merchantKeyOf(merchantId)}${timeBase32(atMs)}${tail}`;
}

/** An id of something that belongs to no merchant (a user, an operator). */
export function newPlatformId(
  kind:
    | "user"
    | "operator"
    | "session"
    | "passkey"
    | "mail"
    | "approval"
    | "impersonation"
    | "ticketNote"
    | "errorCase"
    | "article"
    | "merchantNote"
    | "listEntry"
    | "maintenance"
    | "alertRule"
    | "alert"
    | "alertSilence"
    | "alertReceiver"
    | "alertNotice"
    | "platformAccount",
  atMs: number = Date.now(),
): string {
  return `${idPrefixes[kind]}_${timeBase32(atMs)}${randomBase32(randomLength)}`;
}

export function isMerchantId(text: string): boolean {
  return merchantIdPattern.test(text);
}

/** The eight characters of a merchant id that its other ids carry. @throws RangeError when it is no merchant id */
export function merchantKeyOf(merchantId: string): string {
  if (!isMerchantId(merchantId)) throw new RangeError("not a merchant id");
  return merchantId.slice("mer_".length);
}

/** The tenant that an id names, or undefined when the text is not an id of that kind. */
export function merchantIdOf(kind: IdKind, id: string): string | undefined {
  const match = tenantIdPattern.exec(id);
  return match && match[1] === idPrefixes[kind] ? `mer_${match[2]}` : undefined;
}

const platformIdPattern = /^([a-z]{2,3})_[0-9a-hjkmnp-tv-z]{20}$/;

/** Whether the text is the id of something of that kind that belongs to no merchant. */
export function isPlatformId(kind: IdKind, text: string): boolean {
  return platformIdPattern.exec(text)?.[1] === idPrefixes[kind];
}

/** Sorts before every id of that kind and merchant made at that moment or later, and after every earlier one. */
export function idsFrom(kind: Exclude<IdKind, "merchant">, merchantId: string, at: Date): string {
  return `${idPrefixes[kind]}_${merchantKeyOf(merchantId)}${timeBase32(at.getTime())}`;
}

/** When an id of a merchant's object was made, milliseconds; undefined when the text is no such id. */
export function timeOfId(id: string): number | undefined {
  if (!tenantIdPattern.test(id)) return undefined;
  const start = id.indexOf("_") + 1 + merchantKeyLength;
  let atMs = 0;
  for (const letter of id.slice(start, start + timeLength)) atMs = atMs * 32 + alphabet.indexOf(letter);
  return atMs;
}

/** Bytes of secret randomness as base32 text, for keys and tokens: five bits a character. */
export function randomToken(length: number): string {
  return randomBase32(length);
}
