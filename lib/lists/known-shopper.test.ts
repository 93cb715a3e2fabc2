import { expect, it } from "vitest";
import { knownShopper } from "./known-shopper.ts";

it("names all that an order knows of its shopper, each once", () => {
  const card = { device: "dvc_1", details: { fingerprint: "fp_12345678", last4: "4242" } };
  const wallet = { device: "dvc_2", details: null };
  expect(knownShopper({ email: "jo@shop.example", id: "42" }, [card, wallet, card])).toEqual([
    { kind: "email", value: "jo@shop.example" },
    { kind: "customer", value: "42" },
    { kind: "device", value: "dvc_1" },
    { kind: "card", value: "fp_12345678" },
    { kind: "device", value: "dvc_2" },
  ]);
});

it("knows nothing of a shopper who left no trace, or was erased", () => {
  expect(knownShopper(null, [{ device: null, details: null }])).toEqual([]);
});
