import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { hideDevelopment, type Look, looks, settle, visit } from "./camera.ts";
import type { Visitor } from "./pages.ts";
import type { Product } from "./product.ts";
import type { Scenes } from "./scenes.ts";

/** Large enough to be read beside the text, small enough to come with it. */
const width = 1040;

/** What a newcomer sees of the product before installing it: the shopper's page and the merchant's, in his language. */
export async function photographForReadme(browser: Browser, product: Product, scenes: Scenes, folder: string) {
  const pictures: { name: string; path: string; by: Visitor; height: number }[] = [
    { name: "checkout", path: scenes.open.checkout_url, by: "nobody", height: 640 },
    { name: "overview", path: "/dashboard", by: "shop", height: 788 },
    { name: "order", path: `/dashboard/orders/${scenes.paid.id}`, by: "merchant", height: 800 },
  ];
  for (const language of looks.languages) {
    const look: Look = { width: "desktop", language, scheme: "light" };
    for (const { name, path, by, height } of pictures) {
      const context = await visit(browser, product, by, look);
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      await page.goto(path, { waitUntil: "load" });
      await settle(page);
      await hideDevelopment(page);
      await page.screenshot({ path: join(folder, `${name}.${language}.png`) });
      await context.close();
    }
  }
}
