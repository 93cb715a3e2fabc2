import { expect, type Page, test } from "@playwright/test";
import postgres from "postgres";
import { createOrder, openMethod } from "./checkout-steps.ts";
import { demoLogin, paidOrder, signIn } from "./dashboard-steps.ts";

/** Everything that a browser says about what it was kept from. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (/content security policy|integrity|hydrat|refused to/i.test(text)) complaints.push(text);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

for (const path of [
  "/",
  "/docs",
  "/docs/api",
  "/docs/webhooks",
  "/docs/no-such-page",
  "/sign-in",
  "/sign-up",
  "/no-such-page",
  "/console/sign-in",
  "/sandbox/mailbox",
]) {
  test(`${path} runs under its policy without a breach`, async ({ page }) => {
    const complaints = listen(page);
    const answer = await page.goto(path);
    expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
  });
}

test("the dashboard runs under its policy without a breach, windows and previews with it", async ({ page }) => {
  const order = await paidOrder();
  await signIn(page, demoLogin());
  const complaints = listen(page);
  for (const path of ["/dashboard", "/dashboard/orders", "/dashboard/branding", `/dashboard/orders/${order.id}`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
  }
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("the checkout names the framework's scripts with their hash and runs under the strictest policy", async ({
  page,
}) => {
  const complaints = listen(page);
  const order = await createOrder();
  const answer = await page.goto(order.checkout_url);
  await openMethod(page, "Bank card");
  await expect(page.frameLocator("iframe").locator("#number")).toBeVisible();
  const headers = answer?.headers() ?? {};
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  const scripts = [...((await answer?.text()) ?? "").matchAll(/<script[^>]* src="[^"]+"[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.filter((tag) => /integrity="sha384-/.test(tag)).length).toBeGreaterThan(3);
  expect(complaints).toEqual([]);
});

for (const path of ["/", "/sign-in"]) {
  test(`what somebody smuggles into ${path} does not run`, async ({ page }) => {
    await page.route(path, async (route) => {
      const response = await route.fetch();
      const smuggled = '<script>window.smuggled = 1</script><img src="/none" onerror="window.smuggled = 2">';
      await route.fulfill({ response, body: (await response.text()).replace("</body>", `${smuggled}</body>`) });
    });
    const complaints = listen(page);
    await page.goto(path);
    await expect.poll(() => complaints.length).toBeGreaterThan(1);
    expect(await page.evaluate(() => (window as { smuggled?: number }).smuggled)).toBeUndefined();
  });
}

test("what somebody smuggles into the checkout does not run", async ({ page, isMobile }) => {
  test.skip(isMobile, "the same everywhere");
  const order = await createOrder();
  await page.route(order.checkout_url, async (route) => {
    const response = await route.fetch();
    const smuggled = "<script>window.smuggled = 1</script>";
    await route.fulfill({ response, body: (await response.text()).replace("</body>", `${smuggled}</body>`) });
  });
  await page.goto(order.checkout_url);
  expect(await page.evaluate(() => (window as { smuggled?: number }).smuggled)).toBeUndefined();
});

test("the payment pages were looked at since this build started, and are as authorised", async ({ isMobile }) => {
  test.skip(isMobile, "no browser is needed");
  // The schedule comes by once a minute.
  test.setTimeout(120_000);
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1 });
  const checks = () => sql`select page, changes from page_checks order by page`;
  await expect.poll(async () => (await checks()).length, { timeout: 90_000 }).toBeGreaterThan(1);
  expect((await checks()).map(({ page, changes }) => [page, changes])).toEqual([
    ["card_frame", []],
    ["checkout", []],
  ]);
  await sql.end();
});
