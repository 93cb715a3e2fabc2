import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { startProvider, type TestProvider } from "../lib/sso/testing.ts";
import { signUp } from "./account-steps.ts";
import { languages, open, textsOf, violations } from "./dashboard-steps.ts";

let provider: TestProvider;
test.beforeAll(async ({ baseURL }) => {
  provider = await startProvider(`${baseURL}/v1/sign_in/sso/callback`);
});
test.afterAll(() => provider.end());

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });
    test.skip(
      ({ isMobile }) => Boolean(isMobile) && language !== "en",
      "the phone's layout is the same in each language",
    );
    const { dashboard, signIn, errors } = textsOf[language];
    const texts = dashboard.sso;

    test("an owner sets single sign-on up and insists on it; a colleague comes through it", async ({
      page,
      browser,
    }) => {
      const domain = `${randomUUID().slice(0, 8)}.example`;
      await signUp(page, language, `${randomUUID()}@new.example`);
      await open(page, "/dashboard/sso");
      await page.getByLabel(texts.issuer).fill(provider.issuer);
      await page.getByLabel(texts.clientId).fill(provider.client.id);
      await page.getByLabel(texts.clientSecret).fill("not the secret");
      await page.getByRole("button", { name: texts.test }).click();
      await expect(page.getByText(errors.sso_client_refused)).toBeVisible();
      await page.getByLabel(texts.clientSecret).fill(provider.client.secret);
      await page.getByRole("button", { name: texts.test }).click();
      await expect(page.getByText(texts.works)).toBeVisible();
      await page.getByRole("button", { name: texts.save, exact: true }).click();
      await expect(page.getByText(texts.secretKept)).toBeVisible();
      await page.getByLabel(texts.domain, { exact: true }).fill(domain);
      await page.getByRole("button", { name: texts.addDomain }).click();
      const row = page.getByRole("list", { name: texts.domains }).getByRole("listitem");
      await expect(row).toContainText(`_globalpaylink.${domain}`);
      expect(await violations(page)).toEqual([]);
      await row.getByRole("button", { name: texts.verify }).click();
      await expect(row).toContainText(dashboard.states.verified);
      await page.getByRole("button", { name: texts.require }).click();
      await page.getByRole("dialog").getByRole("button", { name: texts.require }).click();
      await expect(page.getByText(texts.requiredOn)).toBeVisible();

      const context = await browser.newContext({ locale: language });
      const other = await context.newPage();
      const email = `ada@${domain}`;
      const enter = async () => {
        await other.goto("/sign-in");
        await other.getByRole("link", { name: signIn.form.sso }).click();
        await other.getByLabel(signIn.sso.email).fill(email);
        await other.getByRole("button", { name: signIn.sso.submit }).click();
      };
      provider.people.set(email, { email, email_verified: false, name: "Ada Okafor" });
      await enter();
      await expect(other.getByText(errors.sso_email_unverified)).toBeVisible();
      await context.clearCookies();
      provider.people.set(email, { email, email_verified: true, name: "Ada Okafor" });
      await enter();
      await expect(other).toHaveURL(/\/dashboard$/);
      await open(other, "/dashboard/security");
      await expect(other.getByText(dashboard.security.bySso)).toBeVisible();
      await context.close();
    });
  });
}
