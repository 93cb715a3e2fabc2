import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { signUp } from "./account-steps.ts";
import { anotherMerchant, colleague, languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

/** A green square of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAERQHBzBCvWQAAAABJRU5ErkJggg==",
  "base64",
);

function button(page: Page, name: string) {
  return page.getByRole("button", { name, exact: true });
}

for (const language of languages) {
  const { dashboard } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("tests a channel account's credentials, and lists what another needs", async ({ page }) => {
      const texts = dashboard.channelAccounts;
      await signIn(page);
      await open(page, "/dashboard/channel-accounts");
      await button(page, texts.test).first().click();
      await expect(page.getByText(texts.result.accepted)).toBeVisible();
      await closed(page.getByRole("dialog"), texts.close);
      expect(await violations(page)).toEqual([]);

      await button(page, texts.add).click();
      const dialog = page.getByRole("dialog");
      // A click while the dialog still grows can miss.
      await expect(async () => {
        await dialog.getByText(texts.environments.sandbox, { exact: true }).click();
        await expect(dialog.getByLabel("AppID", { exact: true })).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await dialog.getByRole("button", { name: texts.testDraft }).click();
      await expect(dialog.getByText(texts.required).first()).toBeVisible();
    });

    test("shows the checkout as the branding would make it, before it is saved", async ({ page }) => {
      const texts = dashboard.branding;
      const merchant = await anotherMerchant();
      await signIn(page, merchant);
      await open(page, "/dashboard/branding");
      const preview = page.frameLocator("iframe");
      await expect(preview.getByText("Another", { exact: true })).toBeAttached();
      await page.getByLabel(texts.name, { exact: true }).fill("Moon Tea");
      await expect(preview.getByText("Moon Tea", { exact: true })).toBeAttached();
      await page.locator("input[type=file]").setInputFiles({ name: "logo.svg", mimeType: "image/png", buffer: png });
      await expect(preview.locator("h1 img")).toHaveAttribute("src", /^\/v1\/checkout\/logos\//);
      await page.getByLabel(texts.email, { exact: true }).fill("help@moon.example");
      await button(page, texts.save).click();
      await expect(page.getByText(texts.saved)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.reload();
      await expect(page.getByLabel(texts.name, { exact: true })).toHaveValue("Moon Tea");
    });

    test("makes a test order in the sandbox, drives it to paid through a fault, and heals the provider", async ({
      page,
    }) => {
      const texts = dashboard.sandbox;
      // A provider that is told to fail does so for everybody at the same account.
      await signUp(page, language, `${randomUUID()}@new.example`);
      await open(page, "/dashboard/sandbox");
      await button(page, texts.faults.add).click();
      await expect(page.getByRole("list", { name: texts.faults.set })).toBeVisible();
      await button(page, texts.faults.heal).click();
      await expect(page.getByText(texts.faults.none)).toBeVisible();

      await button(page, texts.order.create).click();
      await button(page, dashboard.methods.alipay).click();
      await button(page, texts.acts.pay).click();
      await expect(page.locator("[data-state='paid']").first()).toBeVisible({ timeout: 20_000 });
      expect(await violations(page)).toEqual([]);
    });
  });
}

const { dashboard } = textsOf.en;

test("says what follows from a setting, keeps it, and new orders go by it", async ({ page }) => {
  const texts = dashboard.settings;
  await signIn(page, await anotherMerchant());
  await open(page, "/dashboard/settings");
  const minutes = page.getByLabel(texts.lifetime);
  await minutes.fill("2");
  await expect(page.getByText(texts.lifetimeWrong)).toBeVisible();
  await minutes.fill("45");
  await page.getByText(texts.lateChoices.accept.name).click();
  await page.getByText(texts.secondChoices.accept.name).click();
  await button(page, texts.save).click();
  await expect(page.getByText(texts.saved, { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(page.getByLabel(texts.lifetime)).toHaveValue("45");
  await expect(page.getByRole("radio", { name: texts.secondChoices.accept.name })).toBeChecked();
});

/** A click that falls into the moment in which the form turns into its answer is lost, as a person's would be. */
async function closed(dialog: Locator, name: string): Promise<void> {
  await expect(async () => {
    if (await dialog.isVisible()) await dialog.getByRole("button", { name }).last().click({ timeout: 2_000 });
    await expect(dialog).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
}

test("adds a webhook endpoint, rolls its secret, opens a delivery and counts a replay first", async ({ page }) => {
  const texts = dashboard.webhooks;
  await signIn(page, await anotherMerchant());
  await open(page, "/dashboard/webhooks");
  await expect(page.getByText(texts.none)).toBeVisible();
  await button(page, texts.create).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(texts.columns.url).fill(`https://shop.example/${randomUUID()}`);
  await dialog.getByRole("button", { name: texts.create, exact: true }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await closed(dialog, texts.close);

  const more = page.getByRole("button", { name: new RegExp(`^${texts.columns.actions}:`) });
  await more.click();
  await page.getByRole("menuitem", { name: texts.roll }).click();
  await page.getByRole("dialog").getByRole("button", { name: texts.roll, exact: true }).click();
  await expect(page.getByText(texts.rolled)).toBeVisible();
  await closed(dialog, texts.close);
  await expect(page.getByText(texts.oldSecretUntil)).toBeVisible();

  await button(page, texts.test).click();
  await expect(page.getByText("webhook.test").first()).toBeVisible({ timeout: 20_000 });
  expect(await violations(page)).toEqual([]);
  await page.getByText("webhook.test").first().click();
  await expect(page.getByRole("dialog").getByText(texts.payload)).toBeVisible();
  await expect(page).toHaveURL(/delivery=wd_/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/delivery=/);

  await more.click();
  await page.getByRole("menuitem", { name: texts.replay.title }).click();
  await button(page, texts.replay.count).click();
  await expect(page.getByRole("dialog").getByRole("status")).not.toBeEmpty();
});

test("leaves changes out for those who may only read, and the sandbox for test mode", async ({ page }) => {
  await signIn(page, await colleague("read_only"));
  await open(page, "/dashboard/settings");
  await expect(page.getByLabel(dashboard.settings.name)).toBeDisabled();
  await expect(button(page, dashboard.settings.save)).toHaveCount(0);
  await expect(page.getByRole("link", { name: dashboard.navigation.sandbox, exact: true })).toHaveCount(0);
  const refused = await page.request.patch("/v1/settings", {
    data: { name: "Mine" },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(refused.status()).toBe(403);
});
