import { randomUUID } from "node:crypto";
import { expect, type Locator, test } from "@playwright/test";
import { operatorPage } from "./console-steps.ts";
import { anotherMerchant, languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

/** Types into a choice what leaves one, and takes it with the keyboard: the list moves while it opens. */
async function pick(field: Locator, text: string): Promise<void> {
  const options = field.page().locator(".ant-select-item-option").filter({ visible: true });
  await field.fill(text);
  await expect(options.filter({ hasText: text })).toHaveCount(1);
  await expect(options).toHaveCount(1);
  await field.press("Enter");
  await expect(options).toHaveCount(0);
}

for (const language of languages) {
  const { console: texts, dashboard } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("an administrator lends an account of the platform's, and the merchant finds it", async ({
      page,
      browser,
    }) => {
      const words = texts.channels.platform;
      const label = `Platform ${randomUUID().slice(0, 8)}`;
      const merchant = await anotherMerchant("owner");
      const admin = await operatorPage(browser, "admin", language);
      await open(admin, "/console/channels");
      const dialog = admin.getByRole("dialog");
      await admin.getByRole("button", { name: words.add, exact: true }).click();
      const fields = dashboard.channelAccounts;
      await pick(dialog.getByLabel(fields.channel, { exact: true }), "Stripe");
      await dialog.getByText(fields.environments.simulator, { exact: true }).click();
      await dialog.getByLabel(fields.label, { exact: true }).fill(label);
      await dialog.getByRole("button", { name: words.add, exact: true }).click();
      await expect(dialog).toBeHidden();

      await admin.getByRole("link", { name: label }).first().click();
      await expect(admin.getByRole("heading", { level: 1, name: label })).toBeVisible();
      await expect(admin.getByText(words.lentToNobody)).toBeVisible();
      await admin.getByRole("button", { name: words.lend, exact: true }).click();
      await pick(dialog.getByLabel(words.merchant, { exact: true }), merchant.merchantId);
      await dialog.getByLabel(words.feeBps, { exact: true }).fill("80");
      expect(await violations(admin)).toEqual([]);
      await dialog.getByRole("button", { name: words.lend, exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(admin.getByRole("link", { name: "Another Merchant" })).toBeVisible();
      expect(await violations(admin)).toEqual([]);

      await admin.getByRole("button", { name: fields.replace, exact: true }).click();
      await dialog.getByRole("button", { name: fields.replace, exact: true }).click();
      await expect(dialog.getByRole("alert")).toHaveText(fields.replaceNothing);
      expect(await violations(admin)).toEqual([]);
      await dialog.getByLabel("Publishable key").fill(`pk_test_${"0".repeat(24)}`);
      await dialog.getByRole("button", { name: fields.replace, exact: true }).click();
      await expect(dialog).toBeHidden();

      await signIn(page, merchant);
      await open(page, "/dashboard/channel-accounts");
      await expect(page.getByText(label).first()).toBeVisible();
      await expect(page.getByText(fields.byPlatform).first()).toBeVisible();
      await expect(page.getByRole("button", { name: fields.test, exact: true })).toHaveCount(0);

      await admin.getByRole("button", { name: words.takeBack, exact: true }).click();
      await admin.getByRole("dialog").getByRole("button", { name: words.takeBack, exact: true }).click();
      await expect(admin.getByText(words.takenBack)).toBeVisible();
      await admin.context().close();
      await page.reload();
      await expect(page.getByText(fields.heldBack).first()).toBeVisible();
    });
  });
}
