import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { InvalidParam } from "#lib/kernel/errors";

export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Reads single addresses and CIDR ranges. @throws InvalidParam naming the entry that is neither */
export function addressRanges(texts: readonly string[]): AddressRange[] {
  return texts.map((text) => {
    if (isIP(text) !== 0) {
      const address = ipaddr.parse(text);
      return [address, address.kind() === "ipv4" ? 32 : 128];
    }
    // The library also takes `10.1/16` and octal parts; we take what people agree on.
    const [base = "", bits] = text.split("/");
    if (isIP(base) === 0 || bits === undefined || !ipaddr.isValidCIDR(text)) {
      throw new InvalidParam("address_invalid", "allowed_ips", { address: text });
    }
    return ipaddr.parseCIDR(text);
  });
}

export function isInRanges(address: string, ranges: readonly AddressRange[]): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits));
}
