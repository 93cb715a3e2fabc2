import { expect, test } from "@playwright/test";
import {
  api,
  createOrder,
  expectStatus,
  inNewTab,
  languages,
  type Order,
  openCheckout,
  openMethod,
  textsOf,
  title,
} from "./checkout-steps.ts";

const pay = /^(Pay|支付|付款) ¥88\.00$/;

for (const language of languages) {
  const texts = textsOf[language];
  const name = texts.methods.names.alipay;

  test.describe(`Alipay in ${language}`, () => {
    test.use({ locale: language });

    test("by a code that the wallet scans in another tab", async ({ page, context, isMobile }) => {
      test.skip(isMobile, "a phone opens the app");
      const order = await createOrder();
      await openCheckout(page, order);
      await openMethod(page, name);
      await page
        .locator("details[open]")
        .getByRole("button", { name: texts.flows.qr.pay.replace("{amount}", "¥88.00") })
        .click();
      const wallet = await inNewTab(context, page.getByRole("link", { name: texts.scan.testWallet }));
      await wallet.getByRole("button", { name: pay }).click();
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await expectStatus(order, "paid");
    });

    test("on its own page, on the desktop and on a phone, and back to the shop", async ({ page }) => {
      const shop = `${process.env.E2E_BASE_URL}/sandbox/alipay/scan`;
      const order = await createOrder({ return_url: `${shop}?cart=7` });
      await openCheckout(page, order);
      await openMethod(page, name);
      const row = page.locator("details[open]");
      await row
        .locator("form", { has: page.locator('[value="redirect"]') })
        .getByRole("button")
        .click();
      await page.waitForURL(/\/sandbox\/alipay\/cashier/);
      await page.getByRole("button", { name: pay }).click();
      await page.waitForURL(new RegExp(`/pay/${order.id}`));
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await expectStatus(order, "paid");
      await expect(page.getByRole("button", { name: texts.goBack.stay })).toBeVisible();
      await page.waitForURL(`${shop}?cart=7&order=${order.id}&status=paid`);
    });

    test("left without paying: the checkout waits, and another way is open", async ({ page }) => {
      const order = await createOrder();
      await openCheckout(page, order);
      await openMethod(page, name);
      await page
        .locator("details[open] form", { has: page.locator('[value="redirect"]') })
        .getByRole("button")
        .click();
      await page.waitForURL(/\/sandbox\/alipay\/cashier/);
      const { latest_attempt } = await api<Order>(`/v1/orders/${order.id}`);
      await page.goto(`${order.checkout_url}?attempt=${latest_attempt}`);
      await expect(title(page)).toHaveText(texts.returned.title.replace("{app}", texts.methods.apps.alipay));
      await openMethod(page, texts.methods.names.card);
      await expect(page.frameLocator("iframe").locator("#number")).toBeVisible();
    });
  });
}
