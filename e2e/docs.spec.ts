import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";

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

/** A tab is a dead button until the browser has taken over. */
async function chooseTab(tabs: Locator, name: string): Promise<void> {
  const tab = tabs.getByRole("tab", { name });
  await expect(async () => {
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true", { timeout: 500 });
  }).toPass();
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

test("a signature's check is shown in the language that the reader chose, also by keyboard", async ({ page }) => {
  await speak(page, "en");
  await page.goto("/docs/webhooks");
  const tabs = page.getByRole("tablist", { name: "Verify a signature" });
  await expect(tabs.getByRole("tab")).toHaveText(["Node", "Python", "PHP", "Go", "Java", "Ruby"]);
  await chooseTab(tabs, "Go");
  await expect(page.getByRole("tabpanel", { name: "Go" })).toContainText("func VerifyWebhook");
  await page.keyboard.press("ArrowRight");
  await expect(tabs.getByRole("tab", { name: "Java" })).toBeFocused();
  await expect(page.getByRole("tabpanel", { name: "Java" })).toContainText("class WebhookVerifier");
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Java" })).toBeVisible();
});

test("an operation's code follows what is filled in, in three languages", async ({ page }) => {
  await speak(page, "en");
  await page.goto("/docs/api/get-orders-id");
  await enterKey(page, testKey());
  await page.getByLabel("id *").fill("ord_1");
  const tabs = page.getByRole("tablist", { name: "The same as code" });
  await chooseTab(tabs, "Python");
  await expect(page.getByRole("tabpanel", { name: "Python" })).toContainText('/v1/orders/ord_1"');
  await chooseTab(tabs, "Node");
  await expect(page.getByRole("tabpanel", { name: "Node" })).toContainText("await fetch(");
});

test("the search is reached by key and leads to a guide, an operation and an error", async ({ page }) => {
  await speak(page, "zh-CN");
  await page.goto("/docs/keys");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const field = page.getByRole("combobox", { name: "搜索文档" });
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(field).toBeFocused({ timeout: 500 });
  }).toPass();
  await field.fill("小程序");
  const found = page.getByRole("listbox", { name: "搜索文档" }).getByRole("option");
  await expect(found.first()).toContainText("在小程序中收款");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/docs/guides/mini-program");

  await field.fill("refund_too_large");
  await found.filter({ hasText: "refund_too_large" }).first().click();
  await expect(page.locator("#refund_too_large")).toBeInViewport();

  await field.fill("zzzz");
  await expect(page.getByText("没有找到相关内容。")).toBeVisible();
});

test("ticks of the check list are there again after a reload, and can be cleared", async ({ page }) => {
  await speak(page, "en");
  await page.goto("/docs/go-live");
  const first = page.getByRole("checkbox").first();
  await expect(async () => {
    await first.check();
    await expect(page.getByText(/^1 of \d+ done$/)).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.reload();
  await expect(first).toBeChecked();
  await page.getByRole("button", { name: "Clear all ticks" }).click();
  await expect(first).not.toBeChecked();
});

const pages = [
  "",
  "/api",
  "/api/post-orders",
  "/keys",
  "/testing",
  "/go-live",
  "/guides/web",
  "/guides/mini-program",
  "/guides/api-only",
  "/webhooks",
  "/errors",
  "/idempotency",
  "/limits",
  "/versioning",
  "/changelog",
];

for (const locale of ["en", "zh-CN"] as const) {
  for (const scheme of ["light", "dark"] as const) {
    test(`every page is accessible and fits the screen, ${locale}, ${scheme}`, async ({ page }) => {
      test.slow(); // Fifteen pages, each read by axe.
      await speak(page, locale);
      await page.emulateMedia({ colorScheme: scheme });
      for (const path of pages) {
        await page.goto(`/docs${path}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
    });
  }
}
