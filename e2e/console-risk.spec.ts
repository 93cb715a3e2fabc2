import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { createOrder, openCheckout } from "./checkout-steps.ts";
import { operatorPage } from "./console-steps.ts";
import { languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  const { dashboard, errors } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("an operator blocks an e-mail address: its owner can't pay, and the order's story says why", async ({
      page,
      browser,
      context,
    }) => {
      const words = dashboard.blocklists;
      const email = `${randomUUID()}@bad.example`;
      const risk = await operatorPage(browser, "risk", language);
      await open(risk, "/console/lists");
      const dialog = risk.getByRole("dialog");
      await risk.getByRole("button", { name: words.add.open, exact: true }).click();
      await dialog.getByLabel(words.kinds.email, { exact: true }).fill(email);
      await dialog.getByLabel(words.columns.reason, { exact: true }).fill("Chargebacks");
      await dialog.getByRole("button", { name: words.add.confirm, exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(risk.getByText("@bad.example").first()).toBeVisible();
      expect(await violations(risk)).toEqual([]);
      await risk.context().close();

      const order = await createOrder({ customer: { email } });
      const shopper = await context.newPage();
      await openCheckout(shopper, order);
      const said = shopper.getByRole("alert").filter({ hasText: errors.payment_refused });
      // Other processes hear of a new entry within three seconds.
      await expect(async () => {
        await shopper
          .getByRole("button", { name: /¥88\.00/ })
          .first()
          .click();
        await expect(said).toBeVisible({ timeout: 5_000 });
      }).toPass();

      await signIn(page);
      await open(page, `/dashboard/orders/${order.id}`);
      const story = page.getByRole("list", { name: dashboard.order.timeline });
      const sentence = dashboard.timeline.refusal.platform.replace("{kind}", words.kinds.email);
      await expect(story.getByText(sentence).first()).toBeVisible();
    });
  });
}

test("an alert fires when its threshold is passed, is silenced, and resolves", async ({ browser, isMobile }) => {
  test.skip(isMobile, "there is one rule of each kind to move");
  const { alerts: words } = textsOf.en.console;
  const ops = await operatorPage(browser, "operations", "en");
  await open(ops, "/console/alerts");
  const name = words.metrics.disk_free;
  const setThreshold = async (percent: string) => {
    const dialog = ops.getByRole("dialog");
    await ops.getByRole("button", { name: words.rules.editTitle.replace("{name}", name), exact: true }).click();
    await dialog.getByLabel(words.rules.threshold, { exact: true }).fill(percent);
    await dialog.getByRole("button", { name: words.rules.save, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  // The rules of a new installation come with the first look, within a minute.
  await expect(ops.locator('[data-rule="disk_free"]')).toBeVisible({ timeout: 90_000 });
  await setThreshold("100");
  const firing = ops.locator("li[data-severity]").filter({ hasText: name });
  await expect(firing).toBeVisible();
  expect(await violations(ops)).toEqual([]);
  await firing.getByRole("button", { name: words.silence.open }).click();
  const dialog = ops.getByRole("dialog");
  await dialog.getByLabel(words.silence.reason, { exact: true }).fill("A new disk is on its way");
  await dialog.getByRole("button", { name: words.silence.confirm, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(firing).toContainText(words.firing.silenced);
  await setThreshold("0");
  await expect(firing).toHaveCount(0);
  await ops.getByRole("tab", { name: words.tabs.history, exact: true }).click();
  await expect(ops.getByText(name).first()).toBeVisible();
  await ops.context().close();
});
