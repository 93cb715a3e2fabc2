import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { generate } from "otplib";
import { forgetSignIn, mailedLink, password, signUp } from "./account-steps.ts";
import { openMethod, title } from "./checkout-steps.ts";
import { languages, open, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language });
    const { dashboard, checkout } = textsOf[language];

    test("a new user signs up, opens a test order's checkout, pays it and finds it paid", async ({ page }) => {
      await signUp(page, language, `${randomUUID()}@new.example`);
      await open(page, "/dashboard/orders");
      const listening = page.waitForRequest(/\/v1\/checkout\/ord_\w+\/events/);
      await page.getByRole("button", { name: dashboard.firstPayment.create }).click();
      await listening;
      await openMethod(page, checkout.methods.names.alipay);
      await page
        .locator("details[open] form", { has: page.locator('[value="redirect"]') })
        .getByRole("button")
        .click();
      await page.waitForURL(/\/sandbox\/alipay\/cashier/);
      await page.getByRole("button", { name: /^(Pay|支付|付款) ¥88\.00$/ }).click();
      await page.waitForURL(/\/pay\/ord_/);
      await expect(title(page)).toHaveText(checkout.done.paid.title);
      await open(page, "/dashboard/orders");
      await expect(page.locator("[data-state='paid']").first()).toBeVisible();
    });
  });
}

test.describe("an account", () => {
  test.use({ locale: "en" });
  const { signIn, dashboard } = textsOf.en;
  const texts = dashboard.security;

  test("gets a second step, which the next sign-in asks for, and a recovery code opens it too", async ({ page }) => {
    const email = `${randomUUID()}@new.example`;
    await signUp(page, "en", email);
    await open(page, "/dashboard/security");
    await page.getByRole("button", { name: texts.turnOn }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(texts.confirmPassword).fill(password);
    await dialog.getByRole("button", { name: texts.next1 }).click();
    const secret = (await dialog.locator("code").first().textContent()) ?? "";
    await dialog.getByLabel(texts.code).fill(await generate({ secret }));
    await dialog.getByRole("button", { name: texts.turnOn }).click();
    const codes = dialog.getByRole("list", { name: texts.codes }).locator("code");
    await expect(codes).toHaveCount(10);
    const recovery = (await codes.first().textContent()) ?? "";
    await dialog.getByRole("button", { name: texts.kept }).click();
    await expect(page.getByRole("button", { name: texts.turnOff })).toBeVisible();
    await expect(dialog).toBeHidden();
    expect(await violations(page)).toEqual([]);

    await forgetSignIn(page);
    await page.goto("/sign-in");
    await page.getByLabel(signIn.form.email).fill(email);
    await page.getByLabel(signIn.form.password).fill(password);
    await page.getByRole("button", { name: signIn.form.submit, exact: true }).click();
    await page.getByLabel(signIn.form.code).fill("000000");
    await page.getByRole("button", { name: signIn.form.submit, exact: true }).click();
    await expect(page.getByText(signIn.form.codeWrong)).toBeVisible();
    await page.getByLabel(signIn.form.code).fill(recovery);
    await page.getByRole("button", { name: signIn.form.submit, exact: true }).click();
    await expect(page).toHaveURL(/\/dashboard$/);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("invites a colleague, who joins with the given role and sees no button beyond it", async ({ page, browser }) => {
    await signUp(page, "en", `${randomUUID()}@new.example`);
    const invited = `${randomUUID()}@new.example`;
    await open(page, "/dashboard/team");
    await page.getByRole("button", { name: dashboard.team.invite }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(dashboard.team.email).fill(invited);
    await dialog.getByRole("radio", { name: dashboard.shell.roles.admin }).check();
    await dialog.getByRole("button", { name: dashboard.team.send }).click();
    await expect(page.getByRole("list", { name: dashboard.team.invitations })).toContainText(invited);
    expect(await violations(page)).toEqual([]);

    const other = await (await browser.newContext({ locale: "en" })).newPage();
    await other.goto(await mailedLink(other, invited));
    await other.getByLabel(signIn.signUp.name).fill("Jo Okafor");
    await other.getByLabel(signIn.form.password).fill(password);
    await other.getByRole("button", { name: signIn.invitation.accept }).click();
    await expect(other).toHaveURL(/\/dashboard$/);
    await open(other, "/dashboard/team");
    await expect(other.getByText(invited)).toBeVisible();
    // The only owner is out of an administrator's reach: what is left is the administrator's own row.
    await expect(other.getByRole("button", { name: dashboard.team.remove })).toHaveCount(1);
    await other.context().close();
  });

  test("signs another browser out, and that one is at the sign-in within seconds", async ({ page, browser }) => {
    const email = `${randomUUID()}@new.example`;
    await signUp(page, "en", email);
    const other = await (await browser.newContext({ locale: "en" })).newPage();
    await other.goto("/sign-in");
    await other.getByLabel(signIn.form.email).fill(email);
    await other.getByLabel(signIn.form.password).fill(password);
    await other.getByRole("button", { name: signIn.form.submit, exact: true }).click();
    await expect(other).toHaveURL(/\/dashboard$/);

    await open(page, "/dashboard/security");
    const sessions = page.getByRole("list", { name: texts.sessions }).getByRole("listitem");
    await expect(sessions).toHaveCount(2);
    await page.getByRole("button", { name: texts.endOthers }).click();
    await expect(sessions).toHaveCount(1);
    await expect(async () => {
      await open(other, "/dashboard/orders");
      await expect(other).toHaveURL(/\/sign-in/, { timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    await other.context().close();
  });

  test("gets a new password by mail, and the old one is worth nothing", async ({ page }) => {
    const email = `${randomUUID()}@new.example`;
    await signUp(page, "en", email);
    await forgetSignIn(page);
    await page.goto("/reset-password");
    await page.getByLabel(signIn.form.email).fill(email);
    await page.getByRole("button", { name: signIn.reset.submit }).click();
    await expect(page.getByRole("heading", { name: signIn.signUp.sentTitle })).toBeVisible();
    await page.goto(await mailedLink(page, email));
    await page.getByLabel(signIn.reset.password).fill("amber field nine clouds");
    await page.getByRole("button", { name: signIn.reset.confirm }).click();
    await expect(page.getByRole("heading", { name: signIn.reset.doneTitle })).toBeVisible();
    await page.goto("/sign-in");
    await page.getByLabel(signIn.form.email).fill(email);
    for (const [typed, address] of [
      [password, /\/sign-in/],
      ["amber field nine clouds", /\/dashboard$/],
    ] as const) {
      await page.getByLabel(signIn.form.password).fill(typed);
      await page.getByRole("button", { name: signIn.form.submit, exact: true }).click();
      if (typed === password) await expect(page.getByText(signIn.form.refused)).toBeVisible();
      await expect(page).toHaveURL(address);
    }
  });
});
