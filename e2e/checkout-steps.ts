import { randomUUID } from "node:crypto";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import en from "../messages/en.json" with { type: "json" };
import zhCN from "../messages/zh-CN.json" with { type: "json" };

/** The languages in which every way to pay is walked. */
export const languages = ["en", "zh-CN"] as const;
export type Language = (typeof languages)[number];
export const textsOf = { en: en.checkout, "zh-CN": zhCN.checkout };

export interface Order {
  readonly id: string;
  readonly status: string;
  readonly checkout_url: string;
  readonly latest_attempt: string | null;
}

/** The merchant's server: calls the API with the demo's secret key. */
export async function api<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${process.env.E2E_BASE_URL}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${process.env.E2E_TEST_KEY}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer as T;
}

export function createOrder(more: Record<string, unknown> = {}): Promise<Order> {
  return api<Order>("/v1/orders", {
    merchant_order_no: `E2E-${randomUUID()}`,
    amount: 8800,
    currency: "CNY",
    subject: "Longjing tea 龙井茶",
    ...more,
  });
}

/** The test shopper acts in his wallet without its page being opened. */
export function act(order: Order, how: Record<string, unknown>): Promise<unknown> {
  return api(`/v1/test/orders/${order.id}/act`, how);
}

export async function expectStatus(order: Order, status: string): Promise<void> {
  await expect.poll(async () => (await api<Order>(`/v1/orders/${order.id}`)).status).toBe(status);
}

/** The checkout's own word for how things stand, which is what screen readers are led to. */
export function title(page: Page): Locator {
  return page.locator("#payment-title");
}

/** Waits until the page answers to clicks by itself, and not by the browser's form. */
export async function openCheckout(page: Page, order: Order): Promise<void> {
  const listening = page.waitForRequest((request) => request.url().endsWith(`/v1/checkout/${order.id}/events`));
  await page.goto(order.checkout_url);
  await listening;
}

/** Opens a method's row, unless it is the one that is open already. */
export async function openMethod(page: Page, name: string): Promise<void> {
  const row = page.locator("details", { has: page.locator("summary", { hasText: name }) }).last();
  if ((await row.getAttribute("open")) === null) await row.locator("summary").click();
}

/** Follows a link that opens a second tab. */
export async function inNewTab(context: BrowserContext, link: Locator): Promise<Page> {
  const [tab] = await Promise.all([context.waitForEvent("page"), link.click()]);
  return tab;
}

export async function typeCard(page: Page, number: string): Promise<void> {
  const frame = page.frameLocator("iframe");
  await frame.locator("#number").fill(number);
  await frame.locator("#expiry").fill("12 / 34");
  await frame.locator("#cvc").fill("123");
  await frame.locator("#name").fill("Lin Wei");
}
