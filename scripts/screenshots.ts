import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { provideChromium } from "#scripts/chromium";
import { endInSentence } from "#scripts/say";
import { allLooks, photograph, type Shot } from "./screenshots/camera.ts";
import { contactSheet } from "./screenshots/contact-sheet.ts";
import { allPictures } from "./screenshots/pages.ts";
import { runningProduct, startProduct } from "./screenshots/product.ts";
import { photographForReadme } from "./screenshots/readme.ts";
import { makeScenes } from "./screenshots/scenes.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * `npm run screenshots [-- --only WORD] [--look desktop-en-light] [--readme]`: every page of the product at two widths, in two
 * languages, light and dark, into screenshots/ with a contact sheet; with --readme only the pictures of the README.
 */
await endInSentence(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      look: { type: "string" },
      readme: { type: "boolean", default: false },
      /** The state file of a product that runs already. */
      running: { type: "string" },
      to: { type: "string", default: join(root, "screenshots") },
    },
  });
  const executablePath = provideChromium(process.env);
  const product = values.running ? await runningProduct(values.running) : await startProduct(root);
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const scenes = await makeScenes(product);
    if (values.readme) return await photographForReadme(browser, product, scenes, join(root, "docs", "images"));
    const pictures = allPictures(root, scenes).filter(({ name }) => name.includes(values.only ?? ""));
    const wanted = allLooks().filter((look) =>
      `${look.width}-${look.language}-${look.scheme}`.includes(values.look ?? ""),
    );
    const shots: Shot[] = [];
    await mkdir(values.to, { recursive: true });
    for (const look of wanted) {
      const taken = await photograph(browser, product, pictures, look, values.to);
      for (const { file, remarks } of taken) if (remarks.length > 0) console.log(`${file}: ${remarks.join("; ")}`);
      shots.push(...taken);
      console.log(`${shots.length} of ${pictures.length * wanted.length} pictures`);
    }
    await writeFile(join(values.to, "index.html"), contactSheet(shots));
    console.log(`Look at them: ${join(values.to, "index.html")}`);
  } finally {
    await browser.close();
    await product.stop();
  }
});
