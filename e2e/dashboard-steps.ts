import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { hash } from "@node-rs/argon2";
import { expect, type Page } from "@playwright/test";
import postgres from "postgres";
import en from "../messages/en.json" with { type: "json" };
import zhCN from "../messages/zh-CN.json" with { type: "json" };
import { act, api, createOrder, expectStatus, type Order } from "./checkout-steps.ts";

export const languages = ["en", "zh-CN"] as const;
export const textsOf = { en, "zh-CN": zhCN };

export interface Login {
  readonly email: string;
  readonly password: string;
}

export function demoLogin(): Login {
  return { email: process.env.E2E_MERCHANT_EMAIL ?? "", password: process.env.E2E_MERCHANT_PASSWORD ?? "" };
}

/** Signs the page's browser in without its sign-in page, for tests of what comes after. */
export async function signIn(page: Page, login: Login = demoLogin()): Promise<void> {
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const answer = await page.request.post("/api/auth/callback/merchant", {
    form: { csrfToken, json: "true", ...login },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
}

/** Paid with WeChat Pay by the test shopper. */
export async function paidOrder(more: Record<string, unknown> = {}): Promise<Order> {
  const order = await createOrder(more);
  await api(`/v1/orders/${order.id}/attempts`, { method: "wechat_pay" });
  await act(order, { act: "pay" });
  await expectStatus(order, "paid");
  return order;
}

/** A merchant with nothing but one read-only or owning person, made as an operator would. */
export async function anotherMerchant(role: "owner" | "read_only" = "owner"): Promise<Login & { merchantId: string }> {
  const token = randomUUID().replaceAll("-", "").replaceAll(/[iou]/g, "x");
  const merchantId = `mer_${token.slice(0, 8)}`;
  const login = { email: `${token}@other.example`, password: token };
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1 });
  try {
    const settings = { latePayment: "refund", orderLifetimeMinutes: 30, feeReturnedOnRefund: true };
    await sql`insert into merchants (merchant_id, name, country, time_zone, branding, settings)
      values (${merchantId}, 'Another Merchant', 'DE', 'Europe/Berlin', ${sql.json({ displayName: "Another" })}, ${sql.json(settings)})`;
    await join(sql, merchantId, login, role);
  } finally {
    await sql.end();
  }
  return { ...login, merchantId };
}

/** One more person at the demo merchant; `role` is a built-in one or the id of one of the merchant's own. */
export async function colleague(role: string): Promise<Login> {
  const token = randomUUID();
  const login = { email: `${token}@demo.example`, password: token };
  const sql = postgres(process.env.E2E_DATABASE_URL ?? "", { max: 1 });
  try {
    const [demo] = await sql<{ merchant_id: string }[]>`
      select m.merchant_id from memberships m join users u on u.id = m.user_id where u.email = ${demoLogin().email}`;
    await join(sql, demo?.merchant_id ?? "", login, role);
  } finally {
    await sql.end();
  }
  return login;
}

async function join(sql: postgres.Sql, merchantId: string, login: Login, role: string): Promise<void> {
  const userId = `usr_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
  const passwordHash = await hash(login.password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await sql`insert into users (id, email, name, password_hash) values (${userId}, ${login.email}, 'Sam Other', ${passwordHash})`;
  await sql`insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${userId}, ${role})`;
}

/** Goes to a page, and waits until its scripts answer to keys. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("[data-starting]")).toHaveCount(0);
}

/** Without what passes: the page before its scripts, a button that waits for its answer, what fades in or out. */
export async function settled(page: Page): Promise<void> {
  const passing = "[data-starting], .ant-btn-loading, [class*='-appear-'], [class*='-enter-'], [class*='-leave-']";
  await expect(page.locator(passing)).toHaveCount(0);
  const isMoving = () =>
    document
      .getAnimations()
      .some(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
  await expect.poll(() => page.evaluate(isMoving)).toBe(false);
}

/** What a reader with a disability would stumble over on the page once it is at rest. */
export async function violations(page: Page): Promise<string[]> {
  await settled(page);
  // Comes a moment after the page that one went to.
  await expect(page).toHaveTitle(/./);
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}
