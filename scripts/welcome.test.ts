import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { firstPayment } from "./welcome.ts";

it("prints a command that a shell turns into one valid order", () => {
  const command = firstPayment("http://localhost:3000", "sk_test_x").replace(/^curl/, 'printf "%s\\n"');
  const words = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n");
  expect(words).toContain("Authorization: Bearer sk_test_x");
  const order = JSON.parse(words.at(-1) ?? "") as Record<string, unknown>;
  expect(order).toEqual({
    merchant_order_no: expect.stringMatching(/^demo-\d+$/),
    amount: 8800,
    currency: "CNY",
    subject: "Jasmine tea",
  });
});
