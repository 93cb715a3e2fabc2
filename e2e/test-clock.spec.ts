import { expect, test } from "@playwright/test";
import { anotherMerchant, languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  const { testClock } = textsOf[language].dashboard;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("moves test mode's clock on, says so on every page, and puts it back while nothing was made", async ({
      page,
    }) => {
      // A merchant of its own: the clock of the demo merchant belongs to the other tests too.
      await signIn(page, await anotherMerchant());
      await open(page, "/dashboard/sandbox");
      await page.getByRole("button", { name: testClock.day, exact: true }).click();
      const banner = page.getByRole("status").filter({ has: page.getByRole("link", { name: testClock.bannerLink }) });
      await expect(banner).toContainText("24");
      expect(await violations(page)).toEqual([]);

      await open(page, "/dashboard/settings");
      await banner.getByRole("link", { name: testClock.bannerLink }).click();
      await expect(page).toHaveURL(/\/dashboard\/sandbox/);
      await page.getByRole("button", { name: testClock.reset, exact: true }).click();
      await expect(banner).toBeHidden();
      await expect(page.getByRole("button", { name: testClock.reset, exact: true })).toBeHidden();
    });
  });
}
