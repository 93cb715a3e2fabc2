import type { Server } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openShop } from "../samples/shop/open-shop.ts";
import { textsOf as shopTexts } from "../samples/shop/texts.ts";
import { api, inNewTab, languages, openMethod, textsOf, title, typeCard } from "./checkout-steps.ts";

test.describe.configure({ mode: "default" });

const pay = /^(Pay|支付) ¥88\.00$/;
let shop: { readonly url: string; readonly server: Server };

test.beforeAll(async () => {
  shop = await openShop({
    platformUrl: process.env.E2E_BASE_URL ?? "",
    key: process.env.E2E_TEST_KEY ?? "",
    port: 0,
  });
});

test.afterAll(async () => {
  const { data } = await api<{ data: { id: string; url: string }[] }>("/v1/webhook_endpoints");
  const own = data.find(({ url }) => url.startsWith(shop.url));
  await fetch(`${process.env.E2E_BASE_URL}/v1/webhook_endpoints/${own?.id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${process.env.E2E_TEST_KEY}` },
  });
  shop.server.close();
  shop.server.closeAllConnections();
});

/** From the shop's button to a checkout that answers to clicks by itself. */
async function buy(page: Page, button: string): Promise<void> {
  const listening = page.waitForRequest((request) => /\/v1\/checkout\/\w+\/events$/.test(request.url()));
  await page.getByRole("button", { name: button }).click();
  await listening;
}

for (const language of languages) {
  const checkout = textsOf[language];
  const texts = shopTexts[language];

  test.describe(`the sample shop in ${language}`, () => {
    test.use({ locale: language });

    test("sells for a card, and knows of it by webhook", async ({ page }) => {
      await page.goto(shop.url);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await buy(page, texts.pay.replace("{amount}", "¥88.00"));
      await openMethod(page, checkout.methods.names.card);
      await typeCard(page, "4242424242424242");
      await page.locator("details[open]").getByRole("button", { name: pay }).click();
      await expect(title(page)).toHaveText(checkout.done.paid.title);
      await page.locator(`a[href^="${shop.url}/orders/"]`).click();
      await page.waitForURL(`${shop.url}/orders/**`);
      await expect(page.getByRole("heading", { name: texts.paidTitle })).toBeVisible();
      await expect(page.getByText(/^evt_/)).toBeVisible();
    });

    test("sells for WeChat Pay", async ({ page, context, isMobile }) => {
      await page.goto(shop.url);
      await buy(page, texts.pay.replace("{amount}", "¥88.00"));
      if (isMobile) {
        await page.getByRole("button", { name: /微信支付 ¥88|in WeChat/ }).click();
        await page.waitForURL(/\/sandbox\/wechatpay\/h5/);
        await page.getByRole("button", { name: pay }).click();
      } else {
        const button = checkout.flows.qr.pay.replace("{amount}", "¥88.00");
        await page.getByRole("button", { name: button }).first().click();
        const wallet = await inNewTab(context, page.getByRole("link", { name: checkout.scan.testWallet }));
        await wallet.getByRole("button", { name: pay }).click();
      }
      await expect(title(page)).toHaveText(checkout.done.paid.title);
      await page.locator(`a[href^="${shop.url}/orders/"]`).click();
      await expect(page.getByRole("heading", { name: texts.paidTitle })).toBeVisible();
    });
  });
}

test("an order that nobody pays waits, and leads back to the checkout", async ({ page }) => {
  await page.goto(`${shop.url}/?lang=en`);
  await buy(page, shopTexts.en.pay.replace("{amount}", "¥88.00"));
  const order = await api<{ return_url: string; checkout_url: string }>(`/v1/orders/${page.url().split("/").at(-1)}`);
  await page.goto(order.return_url);
  await expect(page.getByRole("heading", { name: shopTexts.en.waitingTitle })).toBeVisible();
  await expect(page.getByRole("link", { name: shopTexts.en.toCheckout })).toHaveAttribute("href", order.checkout_url);
});
