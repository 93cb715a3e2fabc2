import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Address ranges that a process may reach although they are not public. */
export interface AllowList {
  readonly ranges: readonly Range[];
}

const globalUnicast6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Reads CIDR ranges separated by commas: `127.0.0.1/32,::1/128`.
 *
 * @throws RangeError naming the entry that is not a range
 */
export function parseAllowList(text: string): AllowList {
  const entries = text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  return {
    ranges: entries.map((entry) => {
      if (!ipaddr.isValidCIDR(entry)) throw new RangeError(`not an address range: ${entry}`);
      return ipaddr.parseCIDR(entry) as Range;
    }),
  };
}

/**
 * Whether the address belongs to the public internet. Everything else is refused, known range or not: private,
 * loopback, link-local (with the clouds' metadata address), shared (CGNAT), multicast, reserved, and each IPv6 form
 * that carries an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo), which a gateway may unwrap.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast6);
}

/** Whether this process may connect to the address. Text that is no address is refused. */
export function isAllowedAddress(address: string, allowed: AllowList): boolean {
  if (isIP(address) === 0) return false;
  if (isPublicAddress(address)) return true;
  const parsed = ipaddr.parse(address);
  return allowed.ranges.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits));
}
