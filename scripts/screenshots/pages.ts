import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { pageGroups } from "../../components/docs/site-map.ts";
import type { Scenes } from "./scenes.ts";

/** `shop` is the merchant with three months of business. */
export type Visitor = "nobody" | "merchant" | "shop" | "operator";

export interface Picture {
  /** Of the file; the first part is its chapter in the contact sheet. */
  readonly name: string;
  readonly path: string;
  readonly by: Visitor;
  /** What is done on the page before it is photographed. */
  readonly act?: ((page: Page) => Promise<void>) | undefined;
  readonly width?: "desktop" | "phone";
  /** The page that it shows, where that is not its `path`: an address with the name of the object's id in it. */
  readonly shows?: string;
}

/** Every page of the product: those with an address of their own out of app/, the others by an object each. */
export function allPictures(root: string, scenes: Scenes): Picture[] {
  const invitation: Picture = { name: "site-invitation-over", path: "/invitations/unknown", by: "nobody" };
  const pictures = [
    ...plainPages(root),
    invitation,
    ...docsPages(),
    ...checkoutPages(scenes),
    ...sandboxPages(scenes),
    ...deskPages(scenes),
    ...businessPages(),
  ];
  return [...pictures, ...firstOfLists(root, pictures)];
}

/** Of every list whose objects have no picture yet, what its first link leads to; the list itself while it is empty. */
function firstOfLists(root: string, pictures: readonly Picture[]): Picture[] {
  const known = new Set(pictures.map(({ path }) => path.replace(/[?#].*$/, "")));
  const isShown = (page: string) => [...known].some((address) => patternOf(page).test(address));
  return pagesWithObject(root).flatMap((page) => {
    if (isShown(page) || pictures.some(({ shows }) => shows === page)) return [];
    const start = page.slice(0, page.indexOf("["));
    const list = ancestorsOf(start).find((address) => known.has(address));
    if (!list) return [];
    const act = async (open: Page) => {
      const link = await open
        .locator(`main a[href^="${start}"]`)
        .first()
        .getAttribute("href", { timeout: 2_000 })
        .catch(() => null);
      if (link) await open.goto(link, { waitUntil: "load" });
    };
    return [{ name: `${nameOf(start)}-first`, path: list, by: visitorOf(list), act, shows: page }];
  });
}

/** `/a/b/` is below `/a/b` and `/a`. */
function ancestorsOf(start: string): string[] {
  const parts = start.split("/").filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, parts.length - index).join("/")}`);
}

/** `/docs/[...page]` stands for any depth, `/orders/[id]` for one part. */
export function patternOf(page: string): RegExp {
  return new RegExp(`^${page.replaceAll(/\[\.\.\.\w+\]/g, ".+").replaceAll(/\[\w+\]/g, "[^/]+")}$`);
}

/** Pages that need an object; each of them must be photographed below. */
export function pagesWithObject(root: string): string[] {
  return addressesOf(root).filter((address) => address.includes("["));
}

const folderOfGroup = /^\(.+\)$/;

function addressesOf(root: string): string[] {
  const visit = (folder: string, address: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isFile()) return entry.name === "page.tsx" ? [address || "/"] : [];
      return visit(join(folder, entry.name), folderOfGroup.test(entry.name) ? address : `${address}/${entry.name}`);
    });
  return visit(join(root, "app"), "").sort();
}

/** What a page needs before it shows what it is about. */
const acts: Readonly<Record<string, Picture["act"]>> = {
  "/dashboard/branding": (page) => page.frameLocator("iframe").locator("h1").first().waitFor(),
};

function plainPages(root: string): Picture[] {
  return addressesOf(root)
    .filter((address) => !address.includes("["))
    .map((path) => ({ name: nameOf(path), path, by: visitorOf(path), act: acts[path] }));
}

function nameOf(path: string): string {
  const [first = "", ...rest] = path.split("/").filter(Boolean);
  const chapters = ["dashboard", "console", "docs", "sandbox"];
  return chapters.includes(first)
    ? [first, rest.join("-") || "home"].join("-")
    : `site-${first || "landing"}${rest.map((part) => `-${part}`).join("")}`;
}

function visitorOf(path: string): Visitor {
  if (path.startsWith("/dashboard")) return "merchant";
  return path.startsWith("/console") && path !== "/console/sign-in" ? "operator" : "nobody";
}

function docsPages(): Picture[] {
  const plain = new Set(["/docs", "/docs/go-live", "/docs/webhooks", "/docs/errors", "/docs/changelog"]);
  return pageGroups("en")
    .flatMap(({ pages }) => pages)
    .filter(({ href }) => !plain.has(href))
    .map(({ href }): Picture => ({ name: nameOf(href), path: href, by: "nobody" }))
    .concat({
      name: "docs-api-operation",
      path: "/docs/api",
      by: "nobody",
      shows: "/docs/api/[operation]",
      act: async (page) => page.goto(await firstOperation(page)).then(() => {}),
    });
}

async function firstOperation(page: Page): Promise<string> {
  return (await page.locator('a[href^="/docs/api/"]').first().getAttribute("href")) ?? "/docs/api";
}

function checkoutPages(scenes: Scenes): Picture[] {
  const { open, long, dollars, scanned, paid, refunded, closed, declined, reserved } = scenes;
  const orders = { open, long, dollars, scanned, paid, refunded, closed, declined, reserved };
  return [
    ...Object.entries(orders).map(
      ([state, order]): Picture => ({ name: `checkout-${state}`, path: addressOf(order.checkout_url), by: "nobody" }),
    ),
    {
      name: "checkout-card",
      path: addressOf(dollars.checkout_url),
      by: "nobody",
      act: async (page) => {
        const row = page.locator("details", { has: page.locator("iframe") });
        if ((await row.count()) > 0 && (await row.first().getAttribute("open")) === null)
          await row.locator("summary").first().click();
      },
    },
    { name: "checkout-unknown", path: `/pay/${open.id.slice(0, -4)}zzzz`, by: "nobody" },
  ];
}

const addressOf = (url: string) => new URL(url).pathname;

function sandboxPages({ code, challenge }: Scenes): Picture[] {
  return [
    {
      name: "sandbox-wechatpay-confirm",
      path: `/sandbox/wechatpay/scan?code=${encodeURIComponent(code)}`,
      by: "nobody",
    },
    ...(challenge
      ? [
          {
            name: "sandbox-stripe-challenge",
            path: new URL(challenge).pathname + new URL(challenge).search,
            by: "nobody" as const,
          },
        ]
      : []),
  ];
}

/** The pages whose looks depend on how much there is to show. */
function businessPages(): Picture[] {
  return ["", "/orders", "/refunds", "/balances", "/balances/statement", "/transactions", "/activity"].map((page) => ({
    name: `business${page.replaceAll("/", "-") || "-overview"}`,
    path: `/dashboard${page}`,
    by: "shop",
  }));
}

function deskPages({ paid, refunded, declined, reserved, open, log }: Scenes): Picture[] {
  const orders = { paid, refunded, declined, reserved, open };
  const press = (key: string) => async (page: Page) => page.keyboard.press(key);
  return [
    ...Object.entries(orders).map(
      ([state, order]): Picture => ({
        name: `dashboard-order-${state}`,
        path: `/dashboard/orders/${order.id}`,
        by: "merchant",
      }),
    ),
    ...(log ? [{ name: "dashboard-api-log", path: `/dashboard/api-logs/${log}`, by: "merchant" as const }] : []),
    { name: "dashboard-orders-filtered", path: "/dashboard/orders?status=paid&method=wechat_pay", by: "merchant" },
    { name: "dashboard-orders-none", path: "/dashboard/orders?number=NOTHING", by: "merchant" },
    { name: "dashboard-order-unknown", path: "/dashboard/orders/ord_nothing", by: "merchant" },
    { name: "dashboard-overview-today", path: "/dashboard?range=today", by: "merchant" },
    { name: "dashboard-search", path: "/dashboard/orders", by: "merchant", act: press("Control+k") },
    {
      name: "dashboard-navigation",
      path: "/dashboard/orders",
      by: "merchant",
      width: "phone",
      act: async (page) => page.locator("header button").first().click(),
    },
  ];
}
