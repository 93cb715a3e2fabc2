import { expect, it } from "vitest";
import { checkMessages, checkSource, resolveImport } from "./import-rules.ts";

const importing = (file: string, specifier: string) => checkSource(file, `import { x } from "${specifier}";`);

it.each([
  ["lib/kernel/money.ts", "#lib/orders/create-order"],
  ["lib/kernel/money.ts", "#db/client"],
  ["lib/ledger/post.ts", "#lib/orders/create-order"],
  ["lib/channels/alipay/adapter.ts", "#db/client"],
  ["lib/channels/alipay/adapter.ts", "../stripe/sign.ts"],
  ["lib/channels/alipay/adapter.ts", "#lib/simulators/alipay/sign"],
  ["lib/channels/alipay/adapter.ts", "../registry.ts"],
  ["lib/simulators/alipay/app.ts", "#lib/channels/alipay/sign"],
  ["lib/simulators/alipay/app.ts", "#db/schema/orders"],
  ["lib/simulators/alipay/app.ts", "#db/client"],
  ["lib/orders/create-order.ts", "#lib/api/app"],
  ["lib/orders/create-order.ts", "../../app/layout.tsx"],
  ["db/tenancy.ts", "#lib/orders/create-order"],
  ["app/(site)/page.tsx", "#db/client"],
  ["app/(site)/page.tsx", "drizzle-orm/pg-core"],
])("refuses that %s imports %s", (file, specifier) => {
  expect(importing(file, specifier)).toMatchObject([{ file, line: 1 }]);
});

it.each([
  ["lib/kernel/money.ts", "./currency.ts"],
  ["lib/ledger/post.ts", "#db/schema/ledger"],
  ["lib/channels/alipay/adapter.ts", "../channel.ts"],
  ["lib/channels/alipay/adapter.ts", "#lib/channels/http"],
  ["lib/channels/alipay/adapter.ts", "./wire.ts"],
  ["lib/simulators/alipay/app.ts", "#db/schema/sim-alipay"],
  ["lib/simulators/alipay/app.ts", "#db/simulator-client"],
  ["lib/simulators/alipay/app.ts", "../notifications.ts"],
  ["lib/orders/create-order.ts", "#lib/ledger/post"],
  ["app/v1/[[...route]]/route.ts", "#lib/api/app"],
  ["lib/ledger/jobs.ts", "#lib/jobs/job"],
  ["lib/channels/alipay/adapter.test.ts", "#lib/simulators/alipay/simulator"],
  ["lib/channels/conformance/world.ts", "#lib/simulators/all"],
])("allows that %s imports %s", (file, specifier) => {
  expect(importing(file, specifier)).toEqual([]);
});

it("sees imports that are made for their effect or when they are needed", () => {
  expect(
    checkSource("lib/kernel/x.ts", 'import "#lib/api/app";\nconst y = await import("#lib/api/app");'),
  ).toMatchObject([{ line: 1 }, { line: 1 }, { line: 2 }, { line: 2 }]);
});

it("resolves an alias, a neighbour and a package", () => {
  expect(resolveImport("lib/orders/a.ts", "#lib/kernel/money")).toBe("lib/kernel/money.ts");
  expect(resolveImport("lib/orders/a.ts", "../kernel/money.ts")).toBe("lib/kernel/money.ts");
  expect(resolveImport("lib/orders/a.ts", "zod")).toBe("zod");
});

it("refuses a barrel, JSX in lib, a file that is too long and work left for later", () => {
  expect(checkSource("lib/orders/index.ts", "")).toHaveLength(1);
  expect(checkSource("lib/orders/view.tsx", "")).toHaveLength(1);
  expect(checkSource("lib/orders/long.ts", "\n".repeat(400))).toHaveLength(1);
  expect(checkSource("lib/orders/later.ts", `// TO${"DO"} later`)).toHaveLength(1);
});

it("names the message that one language lacks", () => {
  const catalogues = { "messages/en.json": { a: { b: "x", c: "y" } }, "messages/zh-CN.json": { a: { b: "甲" } } };
  expect(checkMessages(catalogues)).toEqual([{ file: "messages/zh-CN.json", line: 1, rule: "lacks the message a.c" }]);
});
