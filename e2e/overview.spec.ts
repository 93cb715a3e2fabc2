import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { api } from "./checkout-steps.ts";
import { anotherMerchant, languages, open, paidOrder, signIn, textsOf, violations } from "./dashboard-steps.ts";

interface Numbers {
  readonly currencies: readonly { readonly totals: { readonly payments: number } }[];
}

for (const language of languages) {
  const { dashboard } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("shows the day's numbers, what they mean, and the figures behind the chart", async ({ page }) => {
      await paidOrder({ amount: 8800 });
      await expect
        .poll(
          async () => (await api<Numbers>("/v1/analytics/overview?compare=none")).currencies[0]?.totals.payments ?? 0,
        )
        .toBeGreaterThan(0);
      await signIn(page);
      await open(page, "/dashboard?range=today");
      const texts = dashboard.overview;
      await expect(page.getByRole("heading", { name: texts.title, level: 1 })).toBeVisible();
      await expect(page.locator(".recharts-surface")).toBeVisible();
      expect(await violations(page)).toEqual([]);

      const meaning = texts.definitionOf.replace("{name}", texts.figures.gross.name);
      await page.getByRole("button", { name: meaning }).click();
      await expect(page.getByText(texts.figures.gross.definition)).toBeVisible();
      await page.keyboard.press("Escape");

      const trend = page.getByRole("region", { name: /¥/ }).first();
      await trend
        .locator("label")
        .filter({ has: page.getByLabel(dashboard.charts.table) })
        .click();
      await expect(trend.getByRole("rowheader")).toHaveCount(24);
      const file = page.waitForEvent("download");
      await trend.getByRole("button", { name: dashboard.charts.csv }).click();
      const lines = (await readFile(await (await file).path(), "utf8")).split("\r\n");
      expect(lines).toHaveLength(25);
      expect(lines[0]).toContain(`${texts.trend.measures.gross} (CNY)`);
    });

    test("finds an order from anywhere by keyboard alone", async ({ page }) => {
      const number = `PAL-${randomUUID().slice(0, 8)}`;
      const order = await paidOrder({ merchant_order_no: number });
      await signIn(page);
      await open(page, "/dashboard/balances");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.keyboard.press("Control+k");
      const field = page.getByRole("combobox", { name: dashboard.search.label });
      await expect(field).toBeFocused();
      await field.fill(number);
      await expect(page.getByRole("option", { name: number })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(order.id));

      await page.keyboard.press("Control+k");
      await field.fill(dashboard.navigation.refunds);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/dashboard\/refunds$/);
    });
  });
}

const { dashboard } = textsOf.en;

test("leads a merchant without a payment to its first", async ({ page }) => {
  await signIn(page, await anotherMerchant());
  await open(page, "/dashboard");
  await expect(page.getByRole("heading", { name: dashboard.overview.first.title })).toBeVisible();
  await page.getByRole("button", { name: dashboard.overview.first.create }).click();
  await expect(page).toHaveURL(/\/dashboard\/orders\/ord_/);
});

test("goes where a g and a letter lead, and tells the keys", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  await signIn(page);
  await open(page, "/dashboard/balances");
  await expect(page.getByRole("heading", { name: dashboard.balances.title })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/dashboard\/orders$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText(dashboard.search.help.title);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("textbox", { name: dashboard.orders.filters.number })).toBeFocused();
});

test("keeps filters and columns as a view under a name", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone shows cards, not columns");
  const name = `Mine ${randomUUID().slice(0, 8)}`;
  const { views, look } = dashboard.list;
  await paidOrder({ customer: { email: "mei@shop.example" } });
  await signIn(page);
  await open(page, "/dashboard/orders?status=paid");
  await expect(page.locator("tbody tr[data-row-key]").first()).toBeVisible();
  await page.getByRole("button", { name: look.open }).click();
  await page.getByRole("checkbox", { name: dashboard.orders.columns.shopper }).check();
  await expect(page.getByRole("columnheader", { name: dashboard.orders.columns.shopper })).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();

  await page.getByRole("button", { name: views.title, exact: true }).click();
  await page.getByRole("menuitem", { name: views.save }).click();
  await page.getByRole("dialog").getByLabel(views.name).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: views.submit, exact: true }).click();
  await expect(page.getByRole("button", { name })).toBeVisible();

  await page.evaluate(() => localStorage.clear());
  await open(page, "/dashboard/orders");
  await expect(page.getByRole("columnheader", { name: dashboard.orders.columns.shopper })).toBeHidden();
  await page.getByRole("button", { name: views.title, exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
  await expect(page).toHaveURL(/status=paid/);
  await expect(page.getByRole("columnheader", { name: dashboard.orders.columns.shopper })).toBeVisible();
});
