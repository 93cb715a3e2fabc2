import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContext, devices, type Page } from "@playwright/test";
import type { Picture, Visitor } from "./pages.ts";
import type { Product } from "./product.ts";

export const looks = {
  widths: { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } },
  languages: ["en", "zh-CN"],
  schemes: ["light", "dark"],
} as const;

export interface Look {
  readonly width: keyof typeof looks.widths;
  readonly language: (typeof looks.languages)[number];
  readonly scheme: (typeof looks.schemes)[number];
}

export interface Shot extends Look {
  readonly name: string;
  readonly file: string;
  /** What a look at the picture would not tell: wider than the window, an error in the console. */
  readonly remarks: readonly string[];
}

export function allLooks(): Look[] {
  const { widths, languages, schemes } = looks;
  return (Object.keys(widths) as Look["width"][]).flatMap((width) =>
    languages.flatMap((language) => schemes.map((scheme) => ({ width, language, scheme }))),
  );
}

const longestPicture = 4_000;
const settleTimeoutMs = 30_000;
const signInTimeoutMs = 120_000;

/** Photographs everything in one look, each page as its own visitor. */
export async function photograph(
  browser: Browser,
  product: Product,
  pictures: readonly Picture[],
  look: Look,
  folder: string,
): Promise<Shot[]> {
  const visitors = new Map<Visitor, BrowserContext>();
  const shots: Shot[] = [];
  await mkdir(folder, { recursive: true });
  for (const picture of pictures.filter(({ width }) => !width || width === look.width)) {
    const context = visitors.get(picture.by) ?? (await visit(browser, product, picture.by, look));
    visitors.set(picture.by, context);
    shots.push(await shoot(context, picture, look, folder));
  }
  await Promise.all([...visitors.values()].map((context) => context.close()));
  return shots;
}

/** A browser of this visitor, signed in where that is needed. */
export async function visit(browser: Browser, product: Product, by: Visitor, look: Look): Promise<BrowserContext> {
  const device = look.width === "phone" ? devices["Pixel 7"] : devices["Desktop Chrome"];
  const context = await browser.newContext({
    ...device,
    viewport: looks.widths[look.width],
    deviceScaleFactor: 1,
    baseURL: product.publicUrl,
    locale: look.language,
    colorScheme: look.scheme,
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
  });
  const chosen = { lang: look.language, theme: look.scheme };
  await context.addCookies(Object.entries(chosen).map(([name, value]) => ({ name, value, url: product.publicUrl })));
  const [shop] = product.shops ?? [];
  if (by === "shop" && shop) await context.addCookies([{ name: "merchant", value: shop, url: product.publicUrl }]);
  if (by === "merchant" || by === "shop") {
    await signIn(context, "merchant", product.merchantEmail, product.merchantPassword);
  }
  if (by === "operator") await signIn(context, by, product.operatorEmail, product.operatorPassword);
  return context;
}

async function signIn(context: BrowserContext, realm: string, email: string, password: string): Promise<void> {
  const { csrfToken } = await (await context.request.get("/api/auth/csrf", { timeout: signInTimeoutMs })).json();
  const form = { csrfToken, json: "true", email, password };
  const answer = await context.request.post(`/api/auth/callback/${realm}`, { form, timeout: signInTimeoutMs });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
}

async function shoot(context: BrowserContext, picture: Picture, look: Look, folder: string): Promise<Shot> {
  const page = await context.newPage();
  const remarks: string[] = [];
  page.on("pageerror", ({ message }) => remarks.push(message));
  page.on("console", (message) => message.type() === "error" && remarks.push(message.text().slice(0, 200)));
  const file = `${picture.name}-${look.width}-${look.language}-${look.scheme}.png`;
  try {
    await page.goto(picture.path, { waitUntil: "load" });
    await settle(page);
    if (picture.act) {
      await picture.act(page);
      await settle(page);
    }
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      height: document.documentElement.scrollHeight,
    }));
    await hideDevelopment(page);
    const window = looks.widths[look.width];
    if (width > window.width) remarks.push(`${width} px wide`);
    await page.screenshot({
      path: join(folder, file),
      fullPage: true,
      clip: { x: 0, y: 0, width: Math.max(width, window.width), height: Math.min(height, longestPicture) },
    });
  } catch (error) {
    remarks.push(String(error).slice(0, 300));
  } finally {
    await page.close();
  }
  return { name: picture.name, file, remarks, ...look };
}

/** The sign of the development server is none of the product's. A style for it would not pass the checkout's policy. */
export async function hideDevelopment(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector("nextjs-portal")?.remove());
}

/** Until nothing says any more that it is being fetched. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.fonts.status === "loaded" &&
      !document.querySelector(".ant-skeleton, .ant-spin-spinning, [aria-busy='true']"),
    undefined,
    { timeout: settleTimeoutMs },
  );
}
