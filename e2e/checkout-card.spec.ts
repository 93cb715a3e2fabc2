import { expect, type Page, test } from "@playwright/test";
import {
  createOrder,
  expectStatus,
  type Language,
  languages,
  type Order,
  openCheckout,
  openMethod,
  textsOf,
  title,
  typeCard,
} from "./checkout-steps.ts";

const pay = /^(Pay|支付) ¥88\.00$/;

async function payByCard(page: Page, order: Order, language: Language, number: string): Promise<void> {
  await openCheckout(page, order);
  await openMethod(page, textsOf[language].methods.names.card);
  await typeCard(page, number);
  await page.locator("details[open]").getByRole("button", { name: pay }).click();
}

for (const language of languages) {
  const texts = textsOf[language];

  test.describe(`a card in ${language}`, () => {
    test.use({ locale: language });

    test("declined says why, keeps what was typed, and is paid by the next card", async ({ page }) => {
      const order = await createOrder();
      await payByCard(page, order, language, "4000000000009995");
      await expect(page.getByText(texts.declines.insufficient_funds)).toBeVisible();
      const number = page.frameLocator("iframe").locator("#number");
      await expect(number).toHaveValue("4000 0000 0000 9995");
      await number.fill("4242424242424242");
      await page.locator("details[open]").getByRole("button", { name: pay }).click();
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await expectStatus(order, "paid");
    });

    test("with 3-D Secure confirmed at the bank is paid", async ({ page }) => {
      const order = await createOrder();
      await payByCard(page, order, language, "4000000000003220");
      await page.waitForURL(/\/sandbox\/stripe\/3ds/);
      await page.getByRole("button").first().click();
      await expect(title(page)).toHaveText(texts.done.paid.title);
      await expectStatus(order, "paid");
    });

    test("with 3-D Secure failed is not charged, and can be tried again", async ({ page }) => {
      const order = await createOrder();
      await payByCard(page, order, language, "4000000000003220");
      await page.waitForURL(/\/sandbox\/stripe\/3ds/);
      await page.locator("#reason ~ button").click();
      await expect(page.getByText(texts.declines.authentication_failed)).toBeVisible();
      await expectStatus(order, "pending");
      await typeCard(page, "4242424242424242");
      await page.locator("details[open]").getByRole("button", { name: pay }).click();
      await expect(title(page)).toHaveText(texts.done.paid.title);
    });

    test("held for a later capture is shown as authorised", async ({ page }) => {
      const order = await createOrder({ capture_method: "manual" });
      await payByCard(page, order, language, "4242424242424242");
      await expect(title(page)).toHaveText(texts.done.authorized.title);
      await expectStatus(order, "authorized");
    });
  });
}

test("the card's number goes to the provider and never to us", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.postData()?.includes("4242")) sent.push(new URL(request.url()).pathname);
  });
  const order = await createOrder();
  await payByCard(page, order, "en", "4242424242424242");
  await expect(title(page)).toHaveText(textsOf.en.done.paid.title);
  expect(sent).toEqual(["/sim/stripe/v1/payment_methods"]);
});
