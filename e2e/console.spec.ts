import { expect, test } from "@playwright/test";
import { api, expectStatus } from "./checkout-steps.ts";
import { operatorPage } from "./console-steps.ts";
import { languages, open, paidOrder, textsOf, violations } from "./dashboard-steps.ts";

for (const language of languages) {
  const texts = textsOf[language].console;

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("one operator proposes a large refund, and only another one can approve it", async ({ browser }) => {
      const order = await paidOrder({ amount: 500_000 });
      const maker = await operatorPage(browser, "operations", language);
      await open(maker, `/console/orders?mode=test&text=${order.id}`);
      await open(maker, `/console/orders/${order.id}`);
      await maker.getByRole("button", { name: texts.order.refund.open, exact: true }).click();
      const dialog = maker.getByRole("dialog");
      await dialog.getByLabel(texts.order.reason).fill("The goods never arrived");
      await dialog.getByRole("button", { name: texts.order.refund.submit, exact: true }).click();
      await expect(maker.getByText(texts.order.proposed)).toBeVisible();

      const listed = await (await maker.request.get("/v1/operator/approvals?status=open&limit=100")).json();
      const { id } = listed.data.find((entry: { object_id: string }) => entry.object_id === order.id);
      await open(maker, `/console/approvals/${id}`);
      await expect(maker.getByRole("button", { name: texts.approvals.withdraw, exact: true })).toBeVisible();
      await expect(maker.getByRole("button", { name: texts.approvals.approve, exact: true })).toHaveCount(0);
      const own = await maker.request.post(`/v1/operator/approvals/${id}/decide`, {
        headers: { origin: new URL(maker.url()).origin },
        data: { decision: "approve", reason: "Mine", version: "0" },
      });
      expect([own.status(), (await own.json()).code]).toEqual([403, "approval_self"]);

      const checker = await operatorPage(browser, "operations", language);
      await open(checker, "/console/approvals");
      await expect(checker.getByRole("heading", { level: 1, name: texts.approvals.title })).toBeVisible();
      await open(checker, `/console/approvals/${id}`);
      const approve = checker.getByRole("button", { name: texts.approvals.approve, exact: true });
      await expect(approve).toBeDisabled();
      await checker.getByLabel(texts.approvals.decisionReason).fill("Seen the parcel's track");
      await approve.click();
      await expect(checker.getByText(texts.approvals.states.approved).first()).toBeVisible();
      await expectStatus(order, "refunded");
      await maker.context().close();
      await checker.context().close();
    });

    test("support looks at a merchant's dashboard, changes nothing, and the merchant sees it", async ({ browser }) => {
      const order = await paidOrder();
      const merchantId = `mer_${order.id.slice(4, 12)}`;
      const page = await operatorPage(browser, "support", language);
      await open(page, `/console/merchants/${merchantId}`);
      await page.getByRole("button", { name: texts.visit.open, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(texts.visit.reason).fill("Asked for help with a refund");
      await dialog.getByRole("button", { name: texts.visit.open, exact: true }).click();
      await expect(page).toHaveURL(/\/dashboard/);
      const leave = page.getByRole("button", { name: textsOf[language].dashboard.visit.leave, exact: true });
      await expect(leave).toBeVisible();
      await open(page, `/dashboard/orders/${order.id}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(
        page.getByRole("button", { name: textsOf[language].dashboard.order.actions.refund, exact: true }),
      ).toHaveCount(0);
      await leave.click();
      await expect(page).toHaveURL(new RegExp(`/console/merchants/${merchantId}`));
      const log = await api<{ data: { actor: { type: string } }[] }>("/v1/audit_log?verb=impersonation.start");
      expect(log.data[0]?.actor.type).toBe("operator");
      await page.context().close();
    });
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the console's pages are accessible and fit the screen, ${colorScheme}`, async ({ browser }) => {
    test.slow();
    const page = await operatorPage(browser, "admin", "en");
    await page.emulateMedia({ colorScheme });
    for (const path of [
      "",
      "/wall",
      "/orders?mode=test",
      "/approvals",
      "/parameters",
      "/operators",
      "/log",
      "/self-check",
      "/merchants",
      "/applications",
      "/custody",
      "/channels",
      "/alerts",
      "/lists",
      "/tickets",
      "/error-cases",
      "/knowledge",
    ]) {
      await open(page, `/console${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
      expect(await violations(page), path).toEqual([]);
      const { wide, width } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      expect(wide, path).toBeLessThanOrEqual(width);
    }
    await page.context().close();
  });
}
