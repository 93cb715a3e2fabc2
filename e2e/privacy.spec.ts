import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { api } from "./checkout-steps.ts";
import {
  anotherMerchant,
  colleague,
  languages,
  open,
  paidOrder,
  signIn,
  textsOf,
  violations,
} from "./dashboard-steps.ts";

for (const language of languages) {
  const texts = textsOf[language].dashboard.privacy;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("shows a shopper what is stored, then forgets them and keeps the money", async ({ page }) => {
      const email = `${randomUUID()}@shopper.example`;
      const order = await paidOrder({ customer: { email, name: "Lin Yue" } });
      await signIn(page);
      await open(page, "/dashboard/privacy");
      await page.getByLabel(texts.fields.email, { exact: true }).fill(email);
      const asked = page.waitForResponse((response) => response.url().endsWith("/v1/privacy/exports"));
      await page.getByRole("button", { name: texts.export, exact: true }).click();
      const { id } = await (await asked).json();
      const download = page.locator(`[data-row-key='${id}']`).getByRole("button", { name: texts.download });
      await expect(download).toBeVisible({ timeout: 30_000 });
      expect(await violations(page)).toEqual([]);
      const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
      expect(JSON.parse(await readFile(await file.path(), "utf8")).orders).toMatchObject([{ id: order.id }]);

      await page.getByLabel(texts.fields.email, { exact: true }).fill(email);
      await page.getByRole("button", { name: texts.erase, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByText(texts.eraseStays)).toBeVisible();
      await dialog.getByRole("button", { name: texts.erase, exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect
        .poll(async () => (await api<{ customer: unknown }>(`/v1/orders/${order.id}`)).customer, { timeout: 30_000 })
        .toBeNull();
      expect(await api(`/v1/orders/${order.id}`)).toMatchObject({ status: "paid", amount_captured: 8800 });
    });
  });
}

const { privacy, navigation } = textsOf.en.dashboard;

test("is empty at first, and says what will stand there", async ({ page }) => {
  await signIn(page, await anotherMerchant());
  await open(page, "/dashboard/privacy");
  await expect(page.getByText(privacy.none, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: privacy.export, exact: true }).click();
  await expect(page.getByText(privacy.nobody)).toBeVisible();
});

test("is not there for who may not see it", async ({ page }) => {
  await signIn(page, await colleague("finance"));
  await open(page, "/dashboard");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: navigation.privacy })).toHaveCount(0);
});
