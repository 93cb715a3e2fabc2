import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { operatorPage } from "./console-steps.ts";
import { anotherMerchant, type Login, languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

const paper = { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };

async function pick(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** What the dashboard itself would send. */
function own(page: Page, { merchantId }: { merchantId: string }) {
  const headers = { "gpl-merchant": merchantId, "gpl-mode": "live", origin: process.env.E2E_BASE_URL ?? "" };
  const data = { amount: 8_800, currency: "EUR", subject: "Tea" };
  return {
    order: () =>
      page.request.post("/v1/orders", { headers, data: { merchant_order_no: randomUUID().slice(0, 20), ...data } }),
  };
}

async function fillIn(
  page: Page,
  texts: (typeof textsOf)["en"]["dashboard"]["goLive"],
  language: string,
): Promise<void> {
  const { fields } = texts;
  for (const [name, value] of [
    [fields.legal_name, "Harbour Goods GmbH"],
    [fields.registration_number, "HRB 12345"],
    [fields.address, "Hafenstrasse 1, Hamburg"],
    [fields.representative, "Mei Tanaka"],
    [fields.website, "https://harbour.example"],
    [fields.monthly_volume, "50000"],
    [fields.business, "Tea and tableware, to private customers"],
    [fields.bank_holder, "Harbour Goods GmbH"],
    [fields.bank_name, "Hafenbank"],
    [fields.bank_account, "DE89 3704 0044 0532 0130 00"],
  ] as const) {
    await page.getByLabel(name, { exact: true }).fill(value);
  }
  await page.getByLabel(texts.noOwner).check();
  await pick(page, fields.category, "5499");
  await pick(page, fields.bank_country, new Intl.DisplayNames([language], { type: "region" }).of("DE") ?? "");
  await page.getByRole("button", { name: texts.save }).click();
  await expect(page.getByText(texts.saved)).toBeVisible();
}

for (const language of languages) {
  const { checkout, console: desk, dashboard } = textsOf[language];
  const { goLive } = dashboard;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("a merchant applies, two operators approve, and a suspension says why", async ({ page, browser }) => {
      const merchant: Login & { merchantId: string } = await anotherMerchant("owner");
      const { order } = own(page, merchant);
      await signIn(page, merchant);
      expect((await order()).status()).toBe(403);

      await open(page, "/dashboard/go-live");
      await expect(page.getByText(goLive.states.not_applied.title)).toBeVisible();
      await fillIn(page, goLive, language);
      for (const [at, kind] of (["registration", "identity", "bank"] as const).entries()) {
        const sent = page.waitForResponse((answer) => answer.url().endsWith("/v1/application/documents"));
        await page
          .locator("input[type=file]")
          .nth(at)
          .setInputFiles({ ...paper, name: `${kind}.pdf` });
        await sent;
        await expect(page.getByRole("button", { name: `${kind}.pdf`, exact: true })).toBeVisible();
      }
      await page.getByLabel(goLive.contract.name).fill("Mei Tanaka");
      await page.getByRole("button", { name: goLive.contract.sign }).click();
      await expect(page.getByText(goLive.contract.signedBy, { exact: true })).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: goLive.send }).click();
      await expect(page.getByText(goLive.states.submitted.title)).toBeVisible();

      const [maker, checker] = [
        await operatorPage(browser, "risk", language),
        await operatorPage(browser, "compliance", language),
      ];
      await open(maker, "/console/applications");
      await expect(maker.locator(`[data-row-key='${merchant.merchantId}']`)).toBeVisible();
      await open(maker, `/console/applications/${merchant.merchantId}`);
      await expect(maker.getByText("Harbour Goods GmbH").first()).toBeVisible();
      for (const { name } of Object.values(desk.applications.items)) {
        const item = maker.getByRole("listitem").filter({ hasText: name });
        await item.getByRole("button", { name: desk.applications.check }).click();
        const dialog = maker.getByRole("dialog");
        await dialog.getByLabel(desk.applications.passed, { exact: true }).check();
        await dialog.getByLabel(desk.applications.found).fill("Compared with the register");
        await dialog.getByRole("button", { name: desk.applications.keep }).click();
        await expect(dialog).toBeHidden();
      }
      expect(await violations(maker)).toEqual([]);
      await maker.getByRole("button", { name: desk.applications.approve }).click();
      await maker.getByRole("dialog").getByLabel(desk.applications.reason, { exact: true }).fill("All in order");
      await maker.getByRole("dialog").getByRole("button", { name: desk.applications.approve }).click();
      await expect(maker.getByText(desk.applications.approveDone)).toBeVisible();

      const waiting = await checker.request.get(`/v1/operator/approvals?status=open&merchant=${merchant.merchantId}`);
      await open(checker, `/console/approvals/${(await waiting.json()).data[0].id}`);
      await checker.getByLabel(desk.approvals.decisionReason, { exact: true }).fill("Seen");
      await checker.getByRole("button", { name: desk.approvals.approve, exact: true }).click();
      await expect(checker.getByText(desk.approvals.outcome)).toBeVisible();

      await page.reload();
      await expect(page.getByText(goLive.states.approved.title)).toBeVisible();
      await expect.poll(async () => (await order()).status()).toBe(201);
      const { id } = await (await order()).json();

      await open(maker, `/console/merchants/${merchant.merchantId}`);
      await maker.getByRole("button", { name: desk.merchants.suspend, exact: true }).click();
      const dialog = maker.getByRole("dialog");
      await dialog.getByLabel(desk.merchants.reasonShown).fill("Complaints about deliveries");
      await dialog.getByRole("button", { name: desk.merchants.suspend, exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(maker.getByText(desk.merchants.suspendedSince).first()).toBeVisible();

      await expect.poll(async () => (await order()).status()).toBe(403);
      await expect
        .poll(async () => {
          await open(page, "/dashboard");
          return page.getByRole("alert").filter({ hasText: "Complaints about deliveries" }).count();
        })
        .toBe(1);
      await page.goto(`/pay/${id}`);
      await expect(page.getByText(checkout.methods.closed).first()).toBeVisible();
      await Promise.all([maker.context().close(), checker.context().close()]);
    });
  });
}
