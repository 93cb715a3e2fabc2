import type { Demo } from "#db/seed/demo";

/** The box that `npm run up` ends with, and the command that makes a first payment. */
export function welcome(publicUrl: string, demo: Demo, note: string): string {
  const rows = [
    ["Open", publicUrl],
    ["Merchant", `${publicUrl}/sign-in`],
    ["", `${demo.merchantEmail}  ${demo.merchantPassword}`],
    ["Operator", `${publicUrl}/console/sign-in`],
    ["", `${demo.operatorEmail}  ${demo.operatorPassword}`],
    ["API", `${publicUrl}/docs/api`],
    ["Test key", demo.testKey],
    ["Browser key", demo.publishableKey],
  ].map(([label = "", value = ""]) => `  ${label.padEnd(12)}${value}`);
  const lines = ["", "  GlobalPayLink is running.", "", ...rows, ""];
  const width = Math.max(...lines.map((line) => line.length)) + 2;
  const box = [`┌${"─".repeat(width)}┐`, ...lines.map((line) => `│${line.padEnd(width)}│`), `└${"─".repeat(width)}┘`];
  return [
    ...box,
    "",
    "Make a first payment (then open the checkout_url of the answer):",
    "",
    firstPayment(publicUrl, demo.testKey),
    ...(demo.shops
      ? [
          "",
          "Two demo shops fill up with three months of business; switch the merchant in the dashboard's account menu.",
        ]
      : []),
    "",
    note,
  ].join("\n");
}

export function firstPayment(publicUrl: string, testKey: string): string {
  return [
    `curl -s ${publicUrl}/v1/orders \\`,
    `  -H "Authorization: Bearer ${testKey}" \\`,
    `  -H "Idempotency-Key: demo-$(date +%s)" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"merchant_order_no":"demo-'$(date +%s)'","amount":8800,"currency":"CNY","subject":"Jasmine tea"}'`,
  ].join("\n");
}
