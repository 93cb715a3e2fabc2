import { describe, expect, it } from "vitest";
import { emailForms, networksOf, readValue } from "./values.ts";

describe("an e-mail address", () => {
  it.each([
    ["capitals and spaces do not count", " Jo@Shop.Example ", "jo@shop.example", "j***@shop.example"],
    ["what follows a plus is the same mailbox", "jo+sale@shop.example", "jo@shop.example", "j***@shop.example"],
    ["a whole domain", "@Shop.Example", "@shop.example", "@shop.example"],
  ])("%s", (_label, text, normal, hint) => {
    expect(readValue("email", text)).toEqual({ normal, hint });
  });

  it.each(["jo", "jo@", "@", "jo@localhost", "jo@@shop.example", "+@shop.example", "jo ann@shop.example"])(
    "is not %j",
    (text) => {
      expect(() => readValue("email", text)).toThrow("list_value_invalid");
    },
  );

  it("is looked up by itself and by its domain", () => {
    expect(emailForms("Jo+1@shop.example")).toEqual(["jo@shop.example", "@shop.example"]);
    expect(emailForms("no address")).toEqual([]);
  });
});

describe("an IP address or range", () => {
  it.each([
    ["an address is a range of one", "203.0.113.7", "ipv4/32/cb007107", "203.0.113.***"],
    ["a range begins at its first address", "203.0.113.77/24", "ipv4/24/cb007100", "203.0.113.0/24"],
    ["a length that is no whole byte", "10.255.0.0/9", "ipv4/9/0a800000", "10.128.0.0/9"],
    ["IPv4 written as IPv6", "::ffff:203.0.113.7", "ipv4/32/cb007107", "203.0.113.***"],
    ["IPv6", "2001:db8::1", "ipv6/128/20010db8000000000000000000000001", "2001:db8:***"],
    ["a range of IPv6", "2001:db8:1:2::5/48", "ipv6/48/20010db8000100000000000000000000", "2001:db8:1::/48"],
  ])("%s", (_label, text, normal, hint) => {
    expect(readValue("ip", text)).toEqual({ normal, hint });
  });

  it.each(["203.0.113", "1", "203.0.113.7/7", "203.0.113.7/33", "2001:db8::/47", "::ffff:1.2.3.4/120", "a.b.c.d", ""])(
    "is not %j",
    (text) => {
      expect(() => readValue("ip", text)).toThrow("list_value_invalid");
    },
  );

  it.each([
    ["203.0.113.77", "203.0.113.0/24", true],
    ["203.0.114.77", "203.0.113.0/24", false],
    ["::ffff:10.1.2.3", "10.0.0.0/8", true],
    ["2001:db8:1:2::9", "2001:db8:1::/48", true],
    ["2001:db8:2:2::9", "2001:db8:1::/48", false],
  ])("%s in %s: %s", (address, range, isInside) => {
    expect(networksOf(address).includes(readValue("ip", range).normal)).toBe(isInside);
  });
});

it("shows of a customer's id and of a card's fingerprint only the ends", () => {
  expect(readValue("customer", "cus_4711-88")).toEqual({ normal: "cus_4711-88", hint: "cus***88" });
  expect(readValue("customer", "4711").hint).toBe("4***");
  expect(readValue("card", "Xt5EWLLDS7FJjR1c").hint).toBe("Xt5***1c");
  expect(() => readValue("device", "dvc_1")).toThrow("list_value_invalid");
});
