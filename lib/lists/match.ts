import type { ListKind } from "#db/schema/lists";
import type { Context } from "#db/tenancy";
import { hmacSha256 } from "#lib/kernel/crypto";
import { listSecret } from "./secret.ts";
import { emailForms, networksOf } from "./values.ts";

/** Whose list: a merchant's id, or the platform. Part of the hash, so that two lists can't be laid side by side. */
export type ListScope = string;
export const platformScope: ListScope = "platform";

const hashBytes = 24;

/** @param normal the value in the form in which it is compared */
export function matchOf(secret: Buffer, scope: ListScope, kind: ListKind, normal: string): string {
  return hmacSha256(secret, `${scope}\n${kind}\n${normal}`).subarray(0, hashBytes).toString("base64url");
}

/** A browser's name on the lists of one scope. The cookie's own text can't be found from it. */
export function deviceName(secret: Buffer, scope: ListScope, cookie: string): string {
  return `dvc_${hmacSha256(secret, `${scope}\nbrowser\n${cookie}`).toString("hex").slice(0, hashBytes)}`;
}

/** What an attempt keeps of the browser that began it: its names on the merchant's list and on the platform's. */
export type BrowserNames = Readonly<Record<"browser" | "platform_browser", string>>;

export async function browserNames(ctx: Context, cookie: string): Promise<BrowserNames> {
  const secret = await listSecret();
  return {
    browser: deviceName(secret, ctx.merchantId, cookie),
    platform_browser: deviceName(secret, platformScope, cookie),
  };
}

/** What is known of a shopper when he starts to pay. */
export interface Traces {
  readonly ip?: string | undefined;
  readonly email?: string | undefined;
  /** The merchant's own id of the customer. */
  readonly customer?: string | undefined;
  /** The checkout's cookie. */
  readonly browser?: string | undefined;
  /** The provider's fingerprint of the card. */
  readonly card?: string | undefined;
}

/** Every entry of a scope's list that could mean this shopper, among the kinds that the list has at all. */
export function matchesOf(
  secret: Buffer,
  scope: ListScope,
  kinds: ReadonlySet<ListKind>,
  { ip, email, customer, browser, card }: Traces,
): string[] {
  const forms: Record<ListKind, () => string[]> = {
    ip: () => (ip ? networksOf(ip) : []),
    email: () => (email ? emailForms(email) : []),
    customer: () => (customer ? [customer.trim()] : []),
    device: () => (browser ? [deviceName(secret, scope, browser)] : []),
    card: () => (card ? [card] : []),
  };
  return [...kinds].flatMap((kind) => forms[kind]().map((normal) => matchOf(secret, scope, kind, normal)));
}
