import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { act, api, createOrder, expectStatus } from "./checkout-steps.ts";
import { operatorPage } from "./console-steps.ts";
import { demoLogin, languages, open, signIn, textsOf, violations } from "./dashboard-steps.ts";

/** An order whose payment arrives after the shop has closed it. */
async function latePayment() {
  const order = await createOrder();
  await api(`/v1/orders/${order.id}/attempts`, { method: "wechat_pay" });
  await api(`/v1/test/orders/${order.id}/faults`, { faults: [{ kind: "lose_notification", times: 9 }] });
  await act(order, { act: "pay" });
  await api(`/v1/orders/${order.id}/close`, {});
  await expectStatus(order, "closed");
  return order;
}

for (const language of languages) {
  const { dashboard, console: texts } = textsOf[language];
  const { support } = dashboard;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("a merchant asks, the support answers, and what it notes stays its own", async ({ page, browser }) => {
      const subject = `Refund ${randomUUID()}`;
      const note = `Note ${randomUUID()}`;
      await signIn(page, demoLogin());
      await open(page, "/dashboard/support?ask=1");
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(support.subject).fill(subject);
      await dialog.getByLabel(support.question).fill("Where is it?");
      const file = { name: "statement.csv", mimeType: "text/csv", buffer: Buffer.from("day,amount\n1,88.00\n") };
      await dialog.locator("input[type=file]").setInputFiles(file);
      await expect(dialog.getByText(/statement\.csv/)).toBeVisible();
      await dialog.getByRole("button", { name: support.send, exact: true }).click();
      await expect(page.getByRole("heading", { name: subject, level: 1 })).toBeVisible();
      await expect(page.locator("[data-state='open']")).toBeVisible();
      const address = page.url();

      const desk = await operatorPage(browser, "support", language);
      await open(desk, `/console/tickets/${address.split("/").at(-1)}`);
      await expect(desk.getByRole("button", { name: /statement\.csv/ })).toBeVisible();
      await desk.getByLabel(texts.tickets.note_label).fill(note);
      await desk.getByRole("button", { name: texts.tickets.keepNote }).click();
      await expect(desk.getByText(note)).toBeVisible();
      await desk.getByLabel(texts.tickets.answer).fill("It arrived this morning.");
      expect(await violations(desk)).toEqual([]);
      await desk.getByRole("button", { name: texts.tickets.sendAndSolve }).click();
      await expect(desk.locator("[data-state='solved']")).toBeVisible();
      await desk.context().close();

      await page.reload();
      await expect(page.getByText("It arrived this morning.")).toBeVisible();
      await expect(page.locator("[data-state='solved']")).toBeVisible();
      await expect(page.getByText(note)).toHaveCount(0);
      expect(await violations(page)).toEqual([]);
    });

    test("a merchant finds an article by its own words", async ({ page }) => {
      await signIn(page, demoLogin());
      await open(page, "/dashboard/support");
      const search = page.getByRole("textbox", { name: support.searchArticles });
      await search.fill(language === "en" ? "why was my card declined" : "为什么支付被拒绝");
      await search.press("Enter");
      const title = language === "en" ? "Why a payment was declined" : "支付为什么被拒绝";
      await page.getByRole("link", { name: title }).first().click();
      await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
      await expect(page.getByText("insufficient_funds")).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test("a late payment is a case until its money has gone back, which the case then says", async ({ browser }) => {
  const { errorCases } = textsOf.en.console;
  const order = await latePayment();
  const page = await operatorPage(browser, "support", "en");
  const found = async () => {
    for (const state of ["open", "resolved"]) {
      const answer = await page.request.get(`/v1/operator/error_cases?kind=late_payment&state=${state}&limit=100`);
      const { data } = (await answer.json()) as { data: { id: string; order: string; ending: string | null }[] };
      const own = data.find((one) => one.order === order.id);
      if (own) return own;
    }
    return undefined;
  };
  await expect.poll(async () => (await found())?.ending, { timeout: 30_000 }).toBe("returned_by_itself");
  await open(page, `/console/error-cases/${(await found())?.id}`);
  await expect(page.getByRole("heading", { name: errorCases.kinds.late_payment, level: 1 })).toBeVisible();
  await expect(page.getByText(errorCases.endings.returned_by_itself)).toBeVisible();
  await expect(page.getByText("¥88.00").first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
