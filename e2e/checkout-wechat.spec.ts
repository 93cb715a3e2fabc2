import { expect, test } from "@playwright/test";
import {
  act,
  createOrder,
  expectStatus,
  inNewTab,
  languages,
  openCheckout,
  openMethod,
  textsOf,
  title,
} from "./checkout-steps.ts";

const pay = /^(Pay|支付) ¥88\.00$/;

for (const language of languages) {
  const texts = textsOf[language];

  test.describe(`WeChat Pay in ${language}`, () => {
    test.use({ locale: language });

    test("by a code that the wallet scans in another tab, heard of within two seconds", async ({
      page,
      context,
      isMobile,
    }) => {
      test.skip(isMobile, "a phone opens the app");
      const order = await createOrder();
      await openCheckout(page, order);
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Lantern & Leaf");
      await expect(page.getByText("¥88.00").first()).toBeVisible();
      await page
        .getByRole("button", { name: texts.flows.qr.pay.replace("{amount}", "¥88.00") })
        .first()
        .click();
      const code = page.getByRole("img", { name: /¥88\.00/ });
      await expect(code).toBeVisible();
      await expect
        .poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth))
        .toBeGreaterThanOrEqual(200);

      const wallet = await inNewTab(context, page.getByRole("link", { name: texts.scan.testWallet }));
      await wallet.getByRole("button", { name: pay }).click();
      await expect(wallet.getByText(/✓/)).toBeVisible();
      await expect(title(page)).toHaveText(texts.done.paid.title, { timeout: 2_000 });
      await expectStatus(order, "paid");
    });

    test("by H5 on a phone: to the wallet and back", async ({ page, isMobile }) => {
      test.skip(!isMobile, "a desktop shows a code");
      const order = await createOrder();
      await openCheckout(page, order);
      await page.getByRole("button", { name: /微信支付 ¥88|in WeChat/ }).click();
      await page.waitForURL(/\/sandbox\/wechatpay\/h5/);
      await page.getByRole("button", { name: pay }).click();
      await page.waitForURL(new RegExp(`/pay/${order.id}`));
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await expectStatus(order, "paid");
    });

    test("before any script has run: a form, a code in the page, and the paid page", async ({ browser, isMobile }) => {
      const context = await browser.newContext({
        javaScriptEnabled: false,
        locale: language,
        ...(isMobile && { userAgent: "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile" }),
      });
      const page = await context.newPage();
      const order = await createOrder();
      await page.goto(order.checkout_url);
      await page
        .locator("form", { has: page.locator('[name="flow"][value="qr"]') })
        .first()
        .getByRole("button")
        .click();
      const code = page.getByRole("img", { name: /¥88\.00/ });
      await expect(code).toHaveAttribute("src", /^data:image\/svg\+xml,/);
      await act(order, { act: "pay" });
      await expectStatus(order, "paid");
      // The page asks again by itself.
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await context.close();
    });
  });
}

test("inside WeChat's browser the parameters go to the wallet's bridge", async ({ browser, isMobile }) => {
  test.skip(!isMobile, "a phone's browser");
  const context = await browser.newContext({
    locale: "zh-CN",
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Mobile MicroMessenger/8.0.49",
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const asked: unknown[] = [];
    Object.assign(window, {
      asked,
      WeixinJSBridge: { invoke: (...call: unknown[]) => asked.push(call.slice(0, 2)) },
    });
  });
  const order = await createOrder();
  await openCheckout(page, order);
  await expect(page.locator("summary", { hasText: "支付宝" })).toHaveCount(0);
  await page.getByRole("button", { name: pay }).first().click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { asked: unknown }).asked))
    .toEqual([["getBrandWCPayRequest", expect.objectContaining({ paySign: expect.any(String), signType: "RSA" })]]);

  await page.getByRole("link", { name: textsOf["zh-CN"].wallet.testWallet }).click();
  await page.getByRole("button", { name: pay }).click();
  await page.waitForURL(new RegExp(`/pay/${order.id}`));
  await expect(title(page)).toHaveText(textsOf["zh-CN"].done.paid.title);
  await context.close();
});

test("where no stream comes through, asking every three seconds finds the payment", async ({ page }) => {
  await page.route("**/events", (route) => route.abort());
  const order = await createOrder();
  await openCheckout(page, order);
  await openMethod(page, "WeChat");
  await page
    .locator("details[open] form", { has: page.locator('[value="qr"]') })
    .getByRole("button")
    .click();
  await expect(page.getByRole("img", { name: /¥88\.00/ })).toBeVisible();
  await act(order, { act: "pay" });
  await expect(title(page)).toHaveText(textsOf.en.done.paid.title);
});
