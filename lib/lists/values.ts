import ipaddr from "ipaddr.js";
import type { ListKind } from "#db/schema/lists";
import { BadListValue } from "./errors.ts";

/** A value in the one form in which it is compared, and as much of it as may be shown. */
export interface ListValue {
  readonly normal: string;
  readonly hint: string;
}

/** Which lengths of a network a list may name: an address is looked up under each of them. */
export const prefixLengths = {
  ipv4: Array.from({ length: 25 }, (_, index) => index + 8),
  ipv6: [...Array.from({ length: 12 }, (_, index) => 20 + index * 4), 128],
} as const;

/**
 * Reads what people type: an address or `@domain`, an IP address or range, a customer's id, a device's or card's name.
 *
 * @throws BadListValue
 */
export function readValue(kind: ListKind, text: string): ListValue {
  const value = readers[kind](text.trim());
  if (!value) throw new BadListValue(kind);
  return value;
}

const readers: Record<ListKind, (text: string) => ListValue | undefined> = {
  email: readEmail,
  ip: readNetwork,
  customer: (text) => (/^\S.{0,63}$/.test(text) ? { normal: text, hint: veiled(text) } : undefined),
  // Made up by us and meaning nothing elsewhere: it may be shown whole.
  device: (text) => (/^dvc_[0-9a-f]{24}$/.test(text) ? { normal: text, hint: text } : undefined),
  card: (text) => (/^[\w-]{8,64}$/.test(text) ? { normal: text, hint: veiled(text) } : undefined),
};

function veiled(text: string): string {
  // A cut through a character that takes two units would leave half of it, which no JSON column takes.
  return (text.length < 6 ? `${text.slice(0, 1)}***` : `${text.slice(0, 3)}***${text.slice(-2)}`).toWellFormed();
}

const domainPattern = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** `a+sale@shop.example` and `A@shop.example` are one mailbox. */
function readEmail(text: string): ListValue | undefined {
  const at = text.lastIndexOf("@");
  const domain = text.slice(at + 1).toLowerCase();
  if (at < 0 || !domainPattern.test(domain)) return undefined;
  if (at === 0) return { normal: `@${domain}`, hint: `@${domain}` };
  const local = text.slice(0, at).toLowerCase().replace(/\+.*$/, "");
  if (!/^[^\s@]{1,64}$/.test(local)) return undefined;
  return { normal: `${local}@${domain}`, hint: `${local.slice(0, 1)}***@${domain}`.toWellFormed() };
}

/** A single address is a network of full length; a range is brought to its first address. */
function readNetwork(text: string): ListValue | undefined {
  const [address = "", length, ...rest] = text.split("/");
  if (rest.length > 0 || !ipaddr.isValid(address) || !/[.:]/.test(address)) return undefined;
  if (ipaddr.IPv4.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return undefined;
  const parsed = ipaddr.process(address);
  const kind = parsed.kind();
  const bytes = parsed.toByteArray();
  const full = bytes.length * 8;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  // A range of IPv4 written as IPv6 has another count of bits: nobody means that.
  if (length !== undefined && kind === "ipv4" && !ipaddr.IPv4.isValid(address)) return undefined;
  const bits = length === undefined ? full : Number(length);
  if (!(prefixLengths[kind] as readonly number[]).includes(bits)) return undefined;
  return { normal: network(kind, bytes, bits), hint: networkHint(kind, bytes, bits) };
}

/** Every network that a list may name and that this address lies in; none when the text is no address. */
export function networksOf(address: string): string[] {
  if (!ipaddr.isValid(address)) return [];
  const parsed = ipaddr.process(address);
  const kind = parsed.kind();
  const bytes = parsed.toByteArray();
  return prefixLengths[kind].map((bits) => network(kind, bytes, bits));
}

function network(kind: "ipv4" | "ipv6", bytes: readonly number[], bits: number): string {
  return `${kind}/${bits}/${Buffer.from(masked(bytes, bits)).toString("hex")}`;
}

function masked(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, index) => byte & (0xff00 >> Math.max(0, Math.min(8, bits - index * 8))) & 0xff);
}

/** A range names no person and is shown; of a single address the end is left out. */
function networkHint(kind: "ipv4" | "ipv6", bytes: readonly number[], bits: number): string {
  if (bits < bytes.length * 8) return `${ipaddr.fromByteArray(masked(bytes, bits)).toString()}/${bits}`;
  if (kind === "ipv4") return `${bytes.slice(0, 3).join(".")}.***`;
  return `${ipaddr.fromByteArray(masked(bytes, 48)).toString().replace(/::$/, "")}:***`;
}

/** The values under which an e-mail address is looked up: itself, and its domain. */
export function emailForms(text: string): string[] {
  const value = readEmail(text.trim());
  if (!value) return [];
  return value.normal.startsWith("@") ? [] : [value.normal, value.normal.slice(value.normal.indexOf("@"))];
}
