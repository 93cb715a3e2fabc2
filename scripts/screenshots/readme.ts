import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { hideDevelopment, type Look, looks, settle, visit } from "./camera.ts";
import type { Visitor } from "./pages.ts";
import type { Product } from "./product.ts";
import type { Scenes } from "./scenes.ts";

/** Small enough that all four stay under 300 KB, large enough to be read beside the text. */
const size = { width: 1040, height: 640 };

/** What a newcomer sees of the product before installing it: the shopper's page and the merchant's, in his language. */
export async function photographForReadme(browser: Browser, product: Product, scenes: Scenes, folder: string) {
  const pictures: { name: string; path: string; by: Visitor }[] = [
    { name: "checkout", path: scenes.open.checkout_url, by: "nobody" },
    { name: "order", path: `/dashboard/orders/${scenes.refunded.id}`, by: "merchant" },
  ];
  for (const language of looks.languages) {
    const look: Look = { width: "desktop", language, scheme: "light" };
    for (const { name, path, by } of pictures) {
      const context = await visit(browser, product, by, look);
      const page = await context.newPage();
      await page.setViewportSize(size);
      await page.goto(path, { waitUntil: "load" });
      await settle(page);
      await hideDevelopment(page);
      await page.screenshot({ path: join(folder, `${name}.${language}.png`) });
      await context.close();
    }
  }
}
