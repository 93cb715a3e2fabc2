import { describe, expect, it } from "vitest";
import { isAllowedAddress, isPublicAddress, parseAllowList } from "./addresses.ts";

describe("isPublicAddress", () => {
  it.each([
    ["1.1.1.1", "a public IPv4"],
    ["93.184.216.34", "a public IPv4"],
    ["172.32.0.1", "just past 172.16/12"],
    ["100.128.0.1", "just past the shared range"],
    ["2606:4700:4700::1111", "a public IPv6"],
  ])("lets %s through: %s", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ["0.0.0.0", "this host"],
    ["0.1.2.3", "this network"],
    ["10.0.0.1", "private"],
    ["100.64.0.1", "carrier-grade NAT"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["169.254.169.254", "metadata of the clouds"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private"],
    ["192.0.0.192", "protocol assignments, Oracle's metadata"],
    ["192.0.2.1", "documentation"],
    ["192.168.1.1", "private"],
    ["198.18.0.1", "benchmarking"],
    ["224.0.0.1", "multicast"],
    ["240.0.0.1", "reserved"],
    ["255.255.255.255", "broadcast"],
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "mapped loopback"],
    ["::ffff:7f00:1", "mapped loopback in hexadecimal"],
    ["::ffff:8.8.8.8", "mapped public: no receiver needs that form"],
    ["::127.0.0.1", "compatible loopback"],
    ["::8.8.8.8", "compatible"],
    ["64:ff9b::7f00:1", "NAT64 of loopback"],
    ["64:ff9b:1::a00:1", "local NAT64"],
    ["2001::1", "Teredo"],
    ["2001:db8::1", "documentation"],
    ["2002:7f00:1::", "6to4 of loopback"],
    ["fc00::1", "unique local"],
    ["fd00:ec2::254", "metadata of AWS over IPv6"],
    ["fe80::1", "link-local"],
    ["fe80::1%eth0", "link-local with a zone"],
    ["fec0::1", "site-local"],
    ["ff02::1", "multicast"],
    ["4000::1", "not given to anybody"],
    ["localhost", "no address"],
    ["", "nothing"],
    ["0x7f.1", "a spelling that only browsers read"],
  ])("refuses %s: %s", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("an allow list", () => {
  const allowed = parseAllowList(" 127.0.0.1/32, fd00:1::/32 ");

  it("opens its ranges and no more", () => {
    expect(isAllowedAddress("127.0.0.1", allowed)).toBe(true);
    expect(isAllowedAddress("fd00:1::5", allowed)).toBe(true);
    expect(isAllowedAddress("127.0.0.2", allowed)).toBe(false);
    expect(isAllowedAddress("::ffff:127.0.0.1", allowed)).toBe(false);
    expect(isAllowedAddress("10.0.0.1", allowed)).toBe(false);
    expect(isAllowedAddress("localhost", allowed)).toBe(false);
  });

  it("is empty when the setting is", () => expect(parseAllowList("").ranges).toEqual([]));

  it.each(["127.0.0.1", "localhost/32", "10.0.0.0/33"])("refuses %s", (text) => {
    expect(() => parseAllowList(text)).toThrow(RangeError);
  });
});
