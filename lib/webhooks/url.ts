import { isIP } from "node:net";
import { type AllowList, isAllowedAddress } from "#lib/http-safe/addresses";
import { WebhookUrlInvalid, WebhookUrlRefused } from "./errors.ts";

const maxLength = 2_048;

/** Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const internalSuffixes = ["localhost", "local", "internal", "intranet", "lan", "home.arpa", "test", "invalid", "onion"];

/**
 * Refuses what can't or must not be a receiver, as far as its text shows. A name may still lead to a private address;
 * that is checked on every connection.
 *
 * @param options.allowed ranges opened to tests and development; internal names are let through when there are any
 * @returns the address in its normal form
 * @throws WebhookUrlInvalid, WebhookUrlRefused
 */
export function checkWebhookUrl(text: string, options: { livemode: boolean; allowed: AllowList }): string {
  if (text.length > maxLength) throw new WebhookUrlInvalid("too_long");
  const url = URL.parse(text);
  if (!url) throw new WebhookUrlInvalid("malformed");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new WebhookUrlInvalid("scheme");
  if (options.livemode && url.protocol !== "https:") throw new WebhookUrlInvalid("https_required");
  if (url.username || url.password) throw new WebhookUrlInvalid("credentials");
  if (url.hash || text.includes("#")) throw new WebhookUrlInvalid("fragment");

  // Parsing has already turned 0x7f.1 and 2130706433 into 127.0.0.1.
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isFine = isIP(host)
    ? isAllowedAddress(host, options.allowed)
    : isPublicName(host) || options.allowed.ranges.length > 0;
  if (!isFine) throw new WebhookUrlRefused(host);
  return url.href;
}

function isPublicName(host: string): boolean {
  return host.includes(".") && !internalSuffixes.some((suffix) => host.endsWith(`.${suffix}`));
}
