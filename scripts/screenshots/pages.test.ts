import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allPictures, pagesWithObject, patternOf } from "./pages.ts";
import type { Scenes } from "./scenes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const order = { id: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e", status: "paid", latest_attempt: null };
const shown = { ...order, checkout_url: `http://localhost:3000/pay/${order.id}` };
const scenes: Scenes = {
  open: shown,
  long: shown,
  dollars: shown,
  scanned: shown,
  paid: shown,
  refunded: shown,
  closed: shown,
  declined: shown,
  reserved: shown,
  code: "weixin://wxpay/bizpayurl?pr=1",
  challenge: "http://localhost:3000/sandbox/stripe/3ds?intent=1",
  log: "log_7k2m9xqa01kajv4s9b3n5t8cwz2e",
};
const pictures = allPictures(root, scenes);

describe("the pictures", () => {
  it("show every page, also those that need an object", () => {
    const addresses = pictures.map(({ path }) => path.replace(/[?#].*$/, ""));
    const missing = pagesWithObject(root).filter(
      (page) =>
        !pictures.some(({ shows }) => shows === page) && !addresses.some((address) => patternOf(page).test(address)),
    );
    expect(missing).toEqual([]);
  });

  it("have a file of their own each", () => {
    const names = pictures.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  });
});
