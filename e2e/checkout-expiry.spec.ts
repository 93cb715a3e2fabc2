import { expect, type Page, test } from "@playwright/test";
import postgres from "postgres";
import {
  act,
  api,
  createOrder,
  expectStatus,
  type Language,
  languages,
  type Order,
  openCheckout,
  openMethod,
  textsOf,
  title,
} from "./checkout-steps.ts";

async function showCode(page: Page, order: Order, language: Language): Promise<void> {
  await openCheckout(page, order);
  await openMethod(page, textsOf[language].methods.names.wechat_pay);
  await page
    .locator("details[open] form", { has: page.locator('[value="qr"]') })
    .getByRole("button")
    .click();
  await expect(page.getByRole("img", { name: /¥88\.00/ })).toBeVisible();
}

/** An order lives a minute at least; nobody wants to wait that long. */
async function endSoon(order: Order, seconds: number): Promise<void> {
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1 });
  await sql`update orders set expires_at = now() + make_interval(secs => ${seconds}) where id = ${order.id}`;
  await sql.end();
}

for (const language of languages) {
  const texts = textsOf[language];

  test.describe(`the end of an order in ${language}`, () => {
    test.use({ locale: language });

    test("is counted down, and says that nothing was charged", async ({ page }) => {
      const order = await createOrder();
      await endSoon(order, 12);
      await showCode(page, order, language);
      await expect(page.getByRole("timer")).toHaveText(/00:0\d/);
      await expect(title(page)).toHaveText(texts.done.expired.title, { timeout: 20_000 });
      await expect(page.getByText(texts.done.expired.text.slice(0, 7))).toBeVisible();
      await expect(page.getByRole("timer")).toHaveCount(0);
      await expectStatus(order, "expired");
    });

    test("sends money that comes too late back, which the page and the order's story say", async ({ page }) => {
      const order = await createOrder();
      await showCode(page, order, language);
      // We hear nothing of the payment before the shop closes the order.
      await api(`/v1/test/orders/${order.id}/faults`, { faults: [{ kind: "lose_notification", times: 9 }] });
      await act(order, { act: "pay" });
      await api(`/v1/orders/${order.id}/close`, {});
      await expect(title(page)).toHaveText(texts.done.returned.title);
      await expectStatus(order, "closed");
      await expect
        .poll(async () => JSON.stringify(await api(`/v1/orders/${order.id}/timeline`)))
        .toMatch(/order\.late_payment.*refund\.succeeded|refund\.succeeded.*order\.late_payment/);
    });
  });
}
