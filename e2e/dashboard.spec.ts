import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { api, createOrder, expectStatus } from "./checkout-steps.ts";
import {
  anotherMerchant,
  colleague,
  demoLogin,
  languages,
  open,
  paidOrder,
  settled,
  signIn,
  textsOf,
  violations,
} from "./dashboard-steps.ts";

/** The list asks for its rows once the page answers by itself, so a row says that it does. */
function firstOrder(page: Page): Locator {
  return page.locator("a[href^='/dashboard/orders/ord_']").first();
}

test("a press that comes before the page's scripts is not lost: the button waits until it works", async ({ page }) => {
  await signIn(page);
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await setTimeout(1_500);
    await route.continue();
  });
  await page.goto("/dashboard/orders", { waitUntil: "commit" });
  const account = page.getByRole("button", { name: textsOf.en.dashboard.shell.account.split("{")[0] ?? "" });
  await account.click();
  await expect(page.getByText(textsOf.en.dashboard.shell.signOut, { exact: true })).toBeVisible();
});

for (const reducedMotion of ["reduce", "no-preference"] as const) {
  test(`what is typed before the page's scripts run stays in the field, motion: ${reducedMotion}`, async ({ page }) => {
    const { orders, privacy, refunds } = textsOf.en.dashboard;
    await page.emulateMedia({ reducedMotion });
    await signIn(page, await anotherMerchant());
    await page.route(/\/_next\/static\/.*\.js/, async (route) => {
      await setTimeout(1_500);
      await route.continue();
    });
    for (const [path, label] of [
      ["/dashboard/orders", orders.filters.number],
      ["/dashboard/refunds", refunds.filters.number],
      ["/dashboard/privacy", privacy.fields.email],
    ] as const) {
      await page.goto(path, { waitUntil: "commit" });
      const field = page.getByRole("textbox", { name: label, exact: true });
      await field.fill("early@shopper.example");
      await settled(page);
      await expect(field).toHaveValue("early@shopper.example");
    }
    // The form knows of it too.
    await page.getByRole("button", { name: privacy.export, exact: true }).click();
    await expect(page.getByText(privacy.exportStarted)).toBeVisible();
  });
}

for (const language of languages) {
  const { dashboard, signIn: signInTexts } = textsOf[language];

  test.describe(`in ${language}`, () => {
    test.use({ locale: language });

    test("signs in, finds an order, refunds a part of it and sees the story go on", async ({ page }) => {
      const order = await paidOrder({ subject: `Oolong ${randomUUID()}` });
      const { merchant_order_no: number } = order as unknown as { merchant_order_no: string };

      await open(page, "/dashboard");
      await expect(page).toHaveURL(/\/sign-in\?next=%2Fdashboard/);
      await page.getByLabel(signInTexts.form.email).fill(demoLogin().email);
      await page.getByLabel(signInTexts.form.password).fill(demoLogin().password);
      await page.getByRole("button", { name: signInTexts.form.submit, exact: true }).click();
      await expect(page.getByRole("heading", { name: dashboard.overview.title, level: 1 })).toBeVisible();

      await open(page, "/dashboard/orders");
      await expect(firstOrder(page)).toBeVisible();
      await page.getByRole("textbox", { name: dashboard.orders.filters.number }).fill(number);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`number=${number}`));
      const rows = page.locator("tbody tr[data-row-key], ul li > a[href^='/dashboard/orders/']");
      await expect(rows).toHaveCount(1);
      await rows.first().click();
      await expect(page).toHaveURL(new RegExp(order.id));

      await page.getByRole("button", { name: dashboard.order.actions.refund, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(dashboard.order.refund.amount, { exact: true }).fill("30");
      await expect(dialog.getByRole("status")).toContainText("¥30.00");
      await expect(dialog.getByRole("status")).toContainText("¥0.18");
      await dialog.getByRole("button", { name: "¥30.00" }).click();
      await expect(dialog).toBeHidden();

      const timeline = page.getByRole("list", { name: dashboard.order.timeline });
      await expect(timeline.locator("[data-title='refund.succeeded'][data-kind='event']")).toBeVisible();
      await expect(page.locator("[data-state='partially_refunded']")).toBeVisible();
    });

    test("says at the field why a refund can't be made, and asks twice for all of the money", async ({ page }) => {
      const order = await paidOrder();
      const texts = dashboard.order.refund;
      await signIn(page);
      await open(page, `/dashboard/orders/${order.id}`);
      await page.getByRole("button", { name: dashboard.order.actions.refund, exact: true }).click();
      const dialog = page.getByRole("dialog");
      const amount = dialog.getByLabel(texts.amount, { exact: true });
      await amount.fill("88.01");
      await expect(dialog.getByText(texts.tooLarge.replace("{amount}", "¥88.00"), { exact: true })).toBeVisible();
      await amount.fill("0.001");
      await expect(dialog.getByText(texts.amountInvalid.replace("{example}", "88.00"))).toBeVisible();

      await dialog.getByRole("button", { name: texts.all }).click();
      const submit = dialog.getByRole("button", { name: texts.submit.replace("{amount}", "¥88.00") });
      await submit.click();
      await expect(dialog.getByText(texts.confirmWrong)).toBeVisible();
      await dialog.getByLabel(texts.confirm.replace("{amount}", "88.00")).fill("88.00");
      await submit.click();
      await expect(dialog).toBeHidden();
      await expect(page.locator("header [data-state='refunded']")).toBeVisible();
      await expect(page.getByRole("button", { name: dashboard.order.actions.refund, exact: true })).toBeHidden();
    });

    test("tells nobody whether it was the e-mail or the password, and stops guessing", async ({ page }) => {
      await page.goto("/sign-in");
      const submit = page.getByRole("button", { name: signInTexts.form.submit, exact: true });
      await submit.click();
      await expect(page.getByText(signInTexts.form.emailMissing)).toBeVisible();
      await page.getByLabel(signInTexts.form.email).fill(`${randomUUID()}@nobody.example`);
      await page.getByLabel(signInTexts.form.password).fill("wrong");
      for (let wrong = 0; wrong < 5; wrong++) {
        const answered = page.waitForResponse(/callback\/merchant/);
        await submit.click();
        await answered;
        await expect(page.getByText(signInTexts.form.refused)).toBeVisible();
      }
      await submit.click();
      await expect(page.getByText(signInTexts.form.tooManyTries.split("{")[0] ?? "")).toBeVisible();
    });

    test("has no accessibility violation on the landing page and the sign-in", async ({ page }) => {
      await page.goto("/");
      expect(await violations(page)).toEqual([]);
      await page.goto("/sign-in");
      await page.getByRole("button", { name: signInTexts.form.submit, exact: true }).click();
      await expect(page.getByText(signInTexts.form.emailMissing)).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    for (const colorScheme of ["light", "dark"] as const) {
      test(`has no accessibility violation on the list, the order and the refund, ${colorScheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        const order = await paidOrder();
        await signIn(page);
        await open(page, "/dashboard/orders");
        await expect(firstOrder(page)).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await open(page, `/dashboard/orders/${order.id}`);
        await page.getByRole("button", { name: dashboard.order.actions.refund, exact: true }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      test(`has no accessibility violation on lists, support, privacy and go-live, ${colorScheme}`, async ({
        page,
      }) => {
        await page.emulateMedia({ colorScheme });
        await signIn(page);
        for (const path of ["lists", "support", "privacy", "go-live"]) {
          await open(page, `/dashboard/${path}`);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await page.waitForLoadState("networkidle");
          expect(await violations(page), path).toEqual([]);
        }
      });
    }
  });
}

const { dashboard } = textsOf.en;

test("keeps filters in the address and shows the same list again", async ({ page }) => {
  const order = await createOrder({ subject: "To be closed" });
  await signIn(page);
  await open(page, "/dashboard/orders?status=paid");
  await expect(page.locator("[data-state='paid']").first()).toBeVisible();
  await expect(page.locator("[data-state='unpaid']")).toHaveCount(0);

  await open(page, `/dashboard/orders/${order.id}`);
  await page.getByRole("button", { name: dashboard.order.actions.close, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: dashboard.order.close.submit }).click();
  await expect(page.locator("header [data-state='closed']")).toBeVisible();

  await open(page, "/dashboard/orders?number=no-such-number");
  await expect(page.getByText(dashboard.list.nothingFound)).toBeVisible();
  await page.getByRole("button", { name: dashboard.list.clear }).click();
  await expect(page).toHaveURL(/\/dashboard\/orders$/);
});

test("shows test and live apart, and says which one it is", async ({ page }) => {
  const order = await createOrder();
  await signIn(page);
  await open(page, `/dashboard/orders/${order.id}`);
  await expect(page.getByText(dashboard.shell.testMode)).toBeVisible();
  await expect(page.locator("header [data-state='unpaid']")).toBeVisible();
  await page.getByRole("switch").click();
  await expect(page).toHaveURL(/\/dashboard\/orders$/);
  await expect(page.getByText(dashboard.shell.testMode)).toBeHidden();
  await expect(page.getByText(dashboard.orders.none)).toBeVisible();
  await open(page, `/dashboard/orders/${order.id}`);
  await expect(page.getByText(dashboard.order.notFound)).toBeVisible();
});

test("keeps another merchant's people away from everything", async ({ page }) => {
  const order = await paidOrder();
  const other = await anotherMerchant();
  await signIn(page, other);
  await open(page, "/dashboard/orders");
  await expect(page.getByText(dashboard.orders.none)).toBeVisible();
  await open(page, `/dashboard/orders/${order.id}`);
  await expect(page.getByText(dashboard.order.notFound)).toBeVisible();
  // Also when the header asks for the merchant whose order it is.
  const headers = { "gpl-merchant": `mer_${order.id.slice(4, 12)}` };
  expect((await page.request.get(`/v1/orders/${order.id}`, { headers })).status()).toBe(401);
});

test("captures a part of what a card has authorised and says what becomes of the rest", async ({ page }) => {
  const order = await createOrder({ amount: 4599, currency: "USD", capture_method: "manual" });
  await api(`/v1/orders/${order.id}/attempts`, { method: "card", token: "pm_card_visa" });
  await expectStatus(order, "authorized");
  await signIn(page);
  await open(page, `/dashboard/orders/${order.id}`);
  await page.getByRole("button", { name: dashboard.order.actions.capture, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(dashboard.order.capture.amount, { exact: true }).fill("20");
  await expect(dialog.getByRole("status")).toContainText("$25.99");
  await dialog.getByRole("button", { name: "$20.00" }).click();
  await expect(page.locator("header [data-state='paid']")).toBeVisible();
  await expect(page.getByRole("button", { name: dashboard.order.actions.refund, exact: true })).toBeVisible();
});

test("leaves out what a reader may not do", async ({ page }) => {
  const order = await paidOrder();
  await signIn(page, await colleague("read_only"));
  await open(page, `/dashboard/orders/${order.id}`);
  await expect(page.getByRole("list", { name: dashboard.order.timeline })).toBeVisible();
  await expect(page.getByRole("button", { name: dashboard.order.actions.refund, exact: true })).toHaveCount(0);
  await open(page, "/dashboard/webhooks");
  await expect(page.getByText(dashboard.webhooks.none)).toBeVisible();
  await expect(page.getByRole("button", { name: dashboard.webhooks.create })).toHaveCount(0);
});

test.describe("for a reader who wants motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("the bar's menu stays in its place while the page scrolls", async ({ page }) => {
    await signIn(page);
    await Promise.all(Array.from({ length: 8 }, () => createOrder()));
    await open(page, "/dashboard/orders");
    await expect(firstOrder(page)).toBeVisible();
    await page.getByRole("button", { name: /^Account of/ }).click();
    const item = page.getByRole("menuitem", { name: dashboard.shell.signOut });
    await expect(item).toBeVisible();
    await settled(page);
    const moved = await item.evaluate((element) => {
      const before = element.getBoundingClientRect().top;
      scrollBy({ top: 200, behavior: "instant" });
      return { by: element.getBoundingClientRect().top - before, scrolled: scrollY };
    });
    expect(moved.scrolled).toBeGreaterThan(50);
    expect(moved.by).toBe(0);
  });

  test("a dialog opens and goes away", async ({ page }) => {
    await signIn(page);
    await open(page, "/dashboard/webhooks");
    await page.getByRole("button", { name: dashboard.webhooks.create }).first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    await settled(page);
    await dialog.getByRole("textbox").first().fill("https://shop.example/hook");
    await dialog.getByRole("button", { name: dashboard.webhooks.cancel }).click();
    await expect(dialog).toBeHidden();
  });
});

test("signs out, and an operator's session opens no merchant's dashboard", async ({ page }) => {
  await signIn(page);
  await createOrder();
  await open(page, "/dashboard/orders");
  await expect(firstOrder(page)).toBeVisible();
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: dashboard.shell.signOut }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.request.get("/v1/orders")).status()).toBe(401);

  await open(page, "/console");
  await expect(page).toHaveURL(/\/console\/sign-in/);
  await page.getByLabel(textsOf.en.signIn.form.email).fill(process.env.E2E_OPERATOR_EMAIL ?? "");
  await page.getByLabel(textsOf.en.signIn.form.password).fill(process.env.E2E_OPERATOR_PASSWORD ?? "");
  await page.getByRole("button", { name: textsOf.en.signIn.form.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/console$/);
  await expect(page.getByRole("heading", { level: 1, name: textsOf.en.console.overview.title })).toBeVisible();
  expect((await page.request.get("/v1/orders")).status()).toBe(401);
});
