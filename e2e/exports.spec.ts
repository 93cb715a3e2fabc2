import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { api } from "./checkout-steps.ts";
import { colleague, languages, open, paidOrder, signIn, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  const { dashboard } = textsOf[language];
  const texts = dashboard.exports;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("exports the orders that the filters show, and gives the file", async ({ page }) => {
      const number = `EXP-${randomUUID()}`;
      await paidOrder({ merchant_order_no: number, subject: "=1+1" });
      await signIn(page);
      await open(page, `/dashboard/orders?number=${number}`);
      await page.getByRole("button", { name: texts.export, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(texts.formats.csv, { exact: true }).click();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole("button", { name: texts.start }).click();
      const download = dialog.getByRole("button", { name: texts.download });
      await expect(download).toBeVisible({ timeout: 20_000 });
      const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
      expect(file.suggestedFilename()).toMatch(/^orders-\d{8}-\d{4}\.csv$/);
      const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
      expect(lines).toHaveLength(2);
      expect(lines[0]).toContain(texts.columns.merchant_order_no);
      expect(lines[1]).toContain(`,${number},${dashboard.states.paid},CNY,88.00,8800,`);
      expect(lines[1]).toContain("'=1+1");

      await open(page, "/dashboard/exports");
      await expect(page.locator("[data-state='succeeded']").first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("tells of a payment in the transactions and the statement, without a barrier", async ({ page }) => {
      const order = await paidOrder();
      await signIn(page);
      await open(page, `/dashboard/transactions?order=${order.id}`);
      const kind = page.getByRole("button", { name: dashboard.transactions.kinds.payment_succeeded, exact: true });
      await expect(kind.first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await kind.first().click();
      const drawer = page.getByRole("dialog");
      await expect(drawer.getByText(dashboard.accounts.fee_income)).toBeVisible();
      await expect(drawer.getByText("¥88.00")).toBeVisible();

      await open(page, "/dashboard/balances");
      await expect(page.getByText(dashboard.balances.parts.pending.help).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await open(page, "/dashboard/balances/statement?account=merchant_pending&currency=CNY");
      const days = page.locator("tbody tr[data-row-key] button, ul li button");
      await days.last().click();
      await expect(page).toHaveURL(/day=\d{4}-\d{2}-\d{2}/);
      await expect(page.locator(`a[href^='/dashboard/orders/ord_']`).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("finds a refund by its number, without a barrier", async ({ page }) => {
      const order = await paidOrder();
      const number = `RF-${randomUUID()}`;
      await api("/v1/refunds", { order: order.id, amount: 3000, merchant_refund_no: number });
      await signIn(page);
      await open(page, "/dashboard/refunds");
      await page.getByRole("textbox", { name: dashboard.refunds.filters.number }).fill(number);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`number=${number}`));
      const rows = page.locator("tbody tr[data-row-key], ul li > a[href^='/dashboard/orders/']");
      await expect(rows).toHaveCount(1);
      expect(await violations(page)).toEqual([]);
      await rows.first().click();
      await expect(page).toHaveURL(new RegExp(order.id));
      await expect(page.getByRole("list", { name: dashboard.transactions.transfers }).first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test("has no export button for a reader, who may still see the exports", async ({ page }) => {
  const { dashboard } = textsOf.en;
  await signIn(page, await colleague("read_only"));
  await open(page, "/dashboard/orders");
  await expect(page.getByRole("heading", { name: dashboard.orders.title, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: dashboard.exports.export, exact: true })).toHaveCount(0);
  await open(page, "/dashboard/exports");
  await expect(page.getByRole("heading", { name: dashboard.exports.title, level: 1 })).toBeVisible();
});
