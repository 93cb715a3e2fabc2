import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const testKey = () => process.env.E2E_TEST_KEY ?? "";

async function speak(page: Page, locale: "en" | "zh-CN"): Promise<void> {
  await page.context().addCookies([{ name: "lang", value: locale, url: process.env.E2E_BASE_URL ?? "" }]);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const surplus = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(surplus).toBeLessThanOrEqual(0);
}

/** The operation's page, by way of the list that a phone keeps folded. */
async function openOperation(page: Page, summary: string): Promise<void> {
  const list = page.getByRole("navigation", { name: "All operations" });
  const fold = list.getByRole("button");
  if (await fold.isVisible()) await fold.click();
  await list.getByRole("searchbox").fill(summary);
  await list.getByRole("link", { name: summary }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: summary })).toBeVisible();
}

/** Once the browser has taken over: what is typed before is gone. */
async function enterKey(page: Page, key: string): Promise<void> {
  await expect(page.getByRole("button", { name: "Send request" })).toBeEnabled();
  await page.getByLabel("Test key").fill(key);
}

const send = (page: Page) => page.getByRole("button", { name: "Send request" }).click();
const answer = (page: Page) => page.getByRole("figure").filter({ hasText: "Answer" }).last();

test("an order is created from the reference, replayed, and read with its id filled in", async ({ page }) => {
  await speak(page, "en");
  await page.goto("/docs/api");
  await openOperation(page, "Create an order");
  await enterKey(page, testKey());
  await expect(page.getByLabel("Body (JSON)")).not.toHaveValue(/SO-0001/);
  await expect(page.getByText(`Authorization: Bearer ${testKey()}`)).toBeVisible();
  await send(page);
  await expect(page.getByText("201", { exact: true }).last()).toBeVisible();
  await expect(page.getByRole("link", { name: "Open the checkout" })).toHaveAttribute("href", /\/pay\/ord_/);
  await expect(page.getByText(/^req_/)).toBeVisible();

  await send(page);
  await expect(page.getByText("idempotency-replayed")).toBeVisible();

  await openOperation(page, "Read an order");
  await expect(page.getByLabel("id *")).toHaveValue(/^ord_/);
  const id = await page.getByLabel("id *").inputValue();
  await send(page);
  await expect(answer(page)).toContainText(`"id": "${id}"`);
  await expect(answer(page)).toContainText('"status": "pending"');
});

test("a changed body goes out under a new Idempotency-Key, and a refusal leads to its explanation", async ({
  page,
}) => {
  await speak(page, "en");
  await page.goto("/docs/api/post-orders");
  await enterKey(page, testKey());
  await send(page);
  await expect(page.getByRole("link", { name: "Open the checkout" })).toBeVisible();

  const body = page.getByLabel("Body (JSON)");
  const sent = JSON.parse(await body.inputValue()) as Record<string, unknown>;
  await body.fill(JSON.stringify({ ...sent, amount: 0 }));
  await send(page);
  const about = page.getByRole("link", { name: "About amount_not_positive" });
  await expect(about).toBeVisible();
  await about.click();
  await expect(page.locator("#amount_not_positive")).toBeInViewport();
});

test("nothing is sent with a live key, without a key, or with a broken body", async ({ page }) => {
  await speak(page, "en");
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/orders")) calls.push(request.url());
  });
  await page.goto("/docs/api/post-orders");
  const key = page.getByLabel("Test key");
  await send(page);
  await expect(page.getByText("Enter your test key first.")).toBeVisible();

  await enterKey(page, "sk_live_0123456789");
  await expect(page.getByText("This is a live key.")).toBeVisible();
  await expect(key).toHaveValue("");
  await send(page);

  await enterKey(page, testKey());
  await page.getByLabel("Body (JSON)").fill("{");
  await send(page);
  await expect(page.getByText("This is not valid JSON.").first()).toBeVisible();
  expect(calls).toEqual([]);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  expect(kept).not.toContain("sk_live_");
  expect(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie)).not.toContain("sk_test_");
});

test("an error's address shows that error, in the reader's language", async ({ page }) => {
  await speak(page, "zh-CN");
  await page.goto("/docs/errors#refund_too_large");
  const entry = page.locator("#refund_too_large");
  await expect(entry).toBeInViewport();
  await expect(entry).toContainText("409");
  await expect(entry).toContainText("最多可退");
});

test("the list of event types and of tries is complete", async ({ page }) => {
  await speak(page, "en");
  await page.goto("/docs/webhooks");
  await expect(page.getByRole("cell", { name: "order.paid", exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: /^10 24 hr/ })).toBeVisible();
});

for (const locale of ["en", "zh-CN"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`every page is accessible and fits the screen, ${locale}, ${scheme}`, async ({ page }) => {
      await speak(page, locale);
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of ["/docs", "/docs/api", "/docs/api/post-orders", "/docs/webhooks", "/docs/errors"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
    });
  }
}
