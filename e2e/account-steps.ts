import { expect, type Page } from "@playwright/test";
import { type languages, textsOf } from "./dashboard-steps.ts";

export const password = "copper river seven lamp";

/** The first link of the latest mail to somebody, out of the sandbox's mailbox. */
export async function mailedLink(page: Page, email: string): Promise<string> {
  await page.goto(`/sandbox/mailbox?to=${encodeURIComponent(email)}`);
  return (await page.locator("details a").first().getAttribute("href")) ?? "";
}

/** Fills the form and follows the mail, up to the dashboard of the new merchant. */
export async function signUp(page: Page, language: (typeof languages)[number], email: string): Promise<void> {
  const { signUp: texts, form } = textsOf[language].signIn;
  await page.goto("/sign-up");
  await page.getByLabel(texts.name).fill("Mei Tanaka");
  await page.getByLabel(texts.company).fill("Harbour Goods");
  await page.getByLabel(form.email).fill(email);
  await page.getByLabel(form.password).fill(password);
  await page.getByRole("button", { name: texts.submit }).click();
  await expect(page.getByRole("heading", { name: texts.sentTitle })).toBeVisible();
  await page.goto(await mailedLink(page, email));
  await page.getByRole("button", { name: texts.verifySubmit }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
}

/** Takes the sign-in from the browser; an open page would see that and go to the sign-in in the middle of what follows. */
export async function forgetSignIn(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}
