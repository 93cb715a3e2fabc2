import { randomUUID } from "node:crypto";
import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { forgetSignIn, password, signUp } from "./account-steps.ts";
import { open, textsOf, violations } from "./dashboard-steps.ts";

test.use({ locale: "en" });
test.skip(({ isMobile }) => Boolean(isMobile), "one authenticator is like another");

const { signIn, dashboard } = textsOf.en;
const texts = dashboard.security.passkeys;

/** A device that verifies its person without asking. */
async function addAuthenticator(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return devtools;
}

/** Somebody new with a passkey, signed out again. */
async function personWithPasskey(page: Page): Promise<void> {
  await addAuthenticator(page);
  await signUp(page, "en", `${randomUUID()}@new.example`);
  await open(page, "/dashboard/security");
  await page.getByRole("button", { name: texts.add }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(texts.name).fill("Work laptop");
  await dialog.getByLabel(dashboard.security.confirmPassword).fill(password);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: dashboard.security.next1 }).click();
  const list = page.getByRole("list", { name: texts.title });
  await expect(list).toContainText("Work laptop");
  await expect(list).toContainText(texts.neverUsed);
  await forgetSignIn(page);
}

test("a passkey opens the account without a password, and opens nothing once removed", async ({ page }) => {
  // The button is what is tried here; the browser's own offer in the e-mail field must not be quicker.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await personWithPasskey(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: signIn.form.passkey }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await open(page, "/dashboard/security");
  const list = page.getByRole("list", { name: texts.title });
  await expect(list).toContainText(texts.used);
  await list.getByRole("button", { name: texts.remove }).click();
  await page.getByRole("dialog").getByRole("button", { name: texts.remove }).click();
  await expect(list).toHaveCount(0);

  await forgetSignIn(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: signIn.form.passkey }).click();
  await expect(page.getByRole("alert").filter({ hasText: /passkey/ })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the browser offers the passkey by itself, in the e-mail field", async ({ page }) => {
  await personWithPasskey(page);
  // The device of this test takes the offer at once, maybe before the page has loaded.
  await page.goto("/sign-in", { waitUntil: "commit" });
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
