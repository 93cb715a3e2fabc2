import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { colleague, languages, open, paidOrder, signIn, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  const { dashboard } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("a clerk with a role of the merchant's own sees no refund button, and is refused by the API", async ({
      page,
      browser,
    }) => {
      const texts = dashboard.roles;
      const name = `Counter ${randomUUID().slice(0, 8)}`;
      await signIn(page);
      await open(page, "/dashboard/roles");
      await page.getByRole("button", { name: texts.create, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(texts.name, { exact: true }).fill(name);
      for (const permission of ["orders:read", "refunds:read"] as const) {
        await dialog.getByRole("checkbox", { name: new RegExp(`^${dashboard.permissions[permission].name} `) }).check();
      }
      await dialog.getByRole("button", { name: texts.save, exact: true }).click();
      await expect(dialog).toBeHidden();
      const roles = await (await page.request.get("/v1/roles")).json();
      const role = roles.data.find((one: { name: string }) => one.name === name);

      const order = await paidOrder();
      const clerk = await browser.newPage({ locale: language });
      await signIn(clerk, await colleague(role.id));
      await open(clerk, `/dashboard/orders/${order.id}`);
      await expect(clerk.getByRole("list", { name: dashboard.order.timeline })).toBeVisible();
      await expect(clerk.getByRole("button", { name: dashboard.order.actions.refund, exact: true })).toHaveCount(0);
      const refused = await clerk.request.post("/v1/refunds", {
        data: { order: order.id, merchant_refund_no: randomUUID() },
        headers: { "sec-fetch-site": "same-origin" },
      });
      expect(refused.status()).toBe(403);
      await clerk.close();
    });

    test("a key is made for one purpose, rolled and found in the activity log", async ({ page }) => {
      const texts = dashboard.apiKeys;
      const label = `Scanner ${randomUUID().slice(0, 8)}`;
      await signIn(page);
      await open(page, "/dashboard/api-keys");
      await page.getByRole("button", { name: texts.create, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(texts.columns.label, { exact: true }).fill(label);
      await dialog.getByRole("radio", { name: new RegExp(`^${texts.kinds.restricted.name}`) }).check();
      await dialog.getByRole("button", { name: texts.create, exact: true }).click();
      await expect(dialog.getByText(texts.permissionsMissing)).toBeVisible();
      await dialog
        .getByRole("checkbox", { name: new RegExp(`^${dashboard.permissions["orders:read"].name} `) })
        .check();
      await dialog.getByRole("button", { name: texts.create, exact: true }).click();
      await expect(dialog.getByText(/rk_test_/)).toBeVisible();
      await dialog.getByRole("button", { name: texts.kept }).click();

      await page.getByRole("button", { name: texts.actionsOf.replace("{label}", label) }).click();
      await page.getByRole("menuitem", { name: texts.roll, exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: texts.roll, exact: true }).click();
      await expect(page.getByText(texts.shownOnce)).toBeVisible();
      await page.getByRole("button", { name: texts.kept }).click();

      await open(page, "/dashboard/activity?verb=api_key.roll");
      await expect(page.getByText(dashboard.activity.verbs.api_key.roll).first()).toBeVisible();
      await page.getByRole("button", { name: dashboard.activity.details, exact: true }).first().click();
      await expect(page.getByRole("dialog").getByText("replacedBy").first()).toBeVisible();
    });
  });
}

const { dashboard } = textsOf.en;

test("shows a refused request with what was sent and why, without its secrets", async ({ page }) => {
  const requestId = `e2e-${randomUUID()}`;
  await page.request.post("/v1/orders", {
    data: { merchant_order_no: "A-1", amount: 0, currency: "CNY", subject: "4242 4242 4242 4242" },
    headers: { authorization: `Bearer ${process.env.E2E_TEST_KEY}`, "request-id": requestId },
  });
  await signIn(page);
  // The log is written a moment later.
  await expect(async () => {
    await open(page, `/dashboard/api-logs?request=${requestId}`);
    await page.locator("a[href^='/dashboard/api-logs/log_']").first().click({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText(dashboard.apiLogs.sent)).toBeVisible();
  await expect(page.getByRole("link", { name: "amount_not_positive" })).toBeVisible();
  await expect(page.getByText("424242…4242").first()).toBeVisible();
  await expect(page.getByText("4242 4242 4242 4242")).toHaveCount(0);
});

test("checks the chain of the activity log when asked", async ({ page }) => {
  await signIn(page);
  await open(page, "/dashboard/activity");
  await page.getByRole("button", { name: dashboard.activity.chain.verify }).click();
  await expect(page.getByRole("status").filter({ hasText: /sealed/i })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`has no accessibility violation on keys, logs, activity and roles, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page);
    for (const path of ["api-keys", "api-logs", "activity", "roles"]) {
      await open(page, `/dashboard/${path}`);
      const rows = page.locator("tbody tr[data-row-key], ul[aria-label] > li, table th[scope='row']");
      await expect(rows.first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    }
    await open(page, "/dashboard/roles");
    await page.getByRole("button", { name: dashboard.roles.create, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
