import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { act, createOrder, openCheckout, openMethod, textsOf, title } from "./checkout-steps.ts";

const long = {
  subject: "A rather long subject, as shops like to write them, with sizes, colours and a season 春季限定礼盒装",
  merchant_order_no: `LONG-${"0123456789".repeat(4)}-${Date.now()}`,
  amount: 100_000_000,
  items: [{ name: "Unbreakable".repeat(12), quantity: 1, unit_amount: 100_000_000 }],
};

test("nothing is loaded from anybody else, and the policy would not let it", async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseURL}/`) && !url.startsWith("data:")) foreign.push(url);
  });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Hydration|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  const order = await createOrder();
  const answer = await page.goto(order.checkout_url);
  await openMethod(page, "Bank card");
  await expect(page.frameLocator("iframe").locator("#number")).toBeVisible();
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`has no accessibility violation in ${colorScheme} colours, before, during and after paying`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    const violations = async () =>
      (await new AxeBuilder({ page }).exclude("iframe").analyze()).violations.map(
        (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(" ")}`,
      );
    const order = await createOrder();
    await openCheckout(page, order);
    expect(await violations()).toEqual([]);
    await page
      .locator("form", { has: page.locator('[value="qr"]') })
      .first()
      .getByRole("button")
      .click();
    await expect(page.getByRole("img", { name: /¥88\.00/ })).toBeVisible();
    expect(await violations()).toEqual([]);
    await act(order, { act: "pay" });
    await expect(title(page)).toHaveText(textsOf.en.done.paid.title);
    expect(await violations()).toEqual([]);
  });
}

test("a keyboard is enough", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has none");
  const order = await createOrder();
  await openCheckout(page, order);
  await page.locator("summary", { hasText: "Alipay" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: /¥88\.00/ })).toBeVisible();
  await expect(title(page)).toBeFocused();
  await act(order, { act: "pay" });
  await expect(title(page)).toHaveText(textsOf.en.done.paid.title);
});

test("long names and huge amounts stay inside of the window", async ({ page }) => {
  const order = await createOrder(long);
  await openCheckout(page, order);
  await page.locator("summary", { hasText: textsOf.en.summary.details }).click();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("the language is chosen once and kept", async ({ page }) => {
  const order = await createOrder();
  await openCheckout(page, order);
  await page.getByRole("link", { name: "繁體中文" }).click();
  await expect(title(page)).toHaveText("選擇付款方式");
  await page.goto(order.checkout_url);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-TW");
});

test("a wrong link says so, and that nothing was charged", async ({ page, baseURL }) => {
  const answer = await page.goto(`${baseURL}/pay/ord_00000000000000000000000000zz`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading")).toHaveText(textsOf.en.notFound.title);
});

test("a form that was refused says why, without any script", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
  const page = await context.newPage();
  const order = await createOrder();
  await page.goto(`${order.checkout_url}?problem=attempt_in_progress&reference=req_12345678`);
  await expect(page.getByRole("alert")).toContainText("以免重复扣款");
  await expect(page.getByRole("alert")).toContainText("req_12345678");
  await page.goto(`${order.checkout_url}?problem=${encodeURIComponent("<b>x")}`);
  await expect(page.getByRole("alert")).toContainText(textsOf["zh-CN"].failure.text);
  await context.close();
});

test("an order that no method fits says whom to ask", async ({ page }) => {
  const order = await createOrder({ currency: "JPY", methods: ["alipay"] });
  await page.goto(order.checkout_url);
  await expect(page.getByText(textsOf.en.methods.none).last()).toBeVisible();
});
