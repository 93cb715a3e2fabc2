import { expect, type Page, test } from "@playwright/test";
import { generate } from "otplib";
import { operatorLogin } from "./console-steps.ts";
import { open, textsOf } from "./dashboard-steps.ts";

const { signIn, dashboard, console: texts } = textsOf.en;

async function enter(page: Page, login: { email: string; password: string }): Promise<void> {
  await open(page, "/console/sign-in");
  await page.getByLabel(signIn.form.email).fill(login.email);
  await page.getByLabel(signIn.form.password).fill(login.password);
  await page.getByRole("button", { name: signIn.form.submit }).click();
}

test("an operator sets up two-step sign-in, signs out, and signs in with a code", async ({ page }) => {
  const login = await operatorLogin("support");
  const security = dashboard.security;
  await enter(page, login);
  await expect(page).toHaveURL(/\/console$/);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("link", { name: texts.shell.myAccount }).click();
  await expect(page.getByRole("heading", { level: 1, name: texts.account.title })).toBeVisible();
  await page.getByRole("button", { name: security.turnOn }).click();
  await page.getByLabel(security.confirmPassword).fill(login.password);
  await page.getByRole("button", { name: security.next1 }).click();
  await expect(page.getByRole("img", { name: security.qr })).toBeVisible();
  const secret = (await page.getByRole("dialog").locator("code").first().textContent()) ?? "";
  await page.getByLabel(security.code).fill(await generate({ secret }));
  await page.getByRole("dialog").getByRole("button", { name: security.turnOn }).click();
  await expect(page.getByRole("list", { name: security.codes }).getByRole("listitem")).toHaveCount(10);
  await page.getByRole("button", { name: security.kept }).click();
  await expect(page.getByRole("button", { name: security.turnOff })).toBeVisible();

  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByText(texts.shell.signOut, { exact: true }).click();
  await expect(page).toHaveURL(/\/console\/sign-in/);
  await enter(page, login);
  // The code of the step that was used is void; the clock may be one step off, so the next one is good already.
  const epoch = Math.floor(Date.now() / 1000) + 30;
  await page.getByLabel(signIn.form.code).fill(await generate({ secret, epoch }));
  await page.getByRole("button", { name: signIn.form.submit }).click();
  await expect(page).toHaveURL(/\/console$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
