import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type CDPSession, chromium } from "@playwright/test";
import { findChromium } from "../scripts/chromium.ts";

/**
 * What a shopper's browser loads for a checkout page of the production build, and how soon its largest part is painted
 * on a mid-range phone over slow 4G. Prints one line of JSON.
 *
 *   node bench/checkout-size.ts --base http://localhost:3000 --key sk_test_…
 */
const { values } = parseArgs({
  options: {
    base: { type: "string", default: "http://localhost:3000" },
    key: { type: "string", default: process.env.TEST_KEY ?? "" },
    /** Loads of which the median is told. */
    runs: { type: "string", default: "5" },
  },
});

/** Lighthouse's "slow 4G" and mid-range phone: 1.6 Mbit/s, 150 ms a round trip, a quarter of this machine's speed. */
const slow4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const cpuSlowdown = 4;
const budget = { totalJs: 165 * 1024, ours: 30 * 1024, lcpMs: 1_500 };

async function createOrder(): Promise<string> {
  const response = await fetch(`${values.base}/v1/orders`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${values.key}`,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
    },
    body: JSON.stringify({
      merchant_order_no: `SIZE-${Date.now()}`,
      amount: 8800,
      currency: "CNY",
      subject: "Longjing tea, 250 g",
      items: [{ name: "Longjing tea, 250 g", quantity: 1, unit_amount: 8800 }],
    }),
  });
  const order = (await response.json()) as { checkout_url?: string; detail?: string };
  if (!order.checkout_url) throw new Error(`no order: ${order.detail}`);
  return order.checkout_url;
}

async function throttle(cdp: CDPSession): Promise<void> {
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", slow4G);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
}

/** React and Next's runtime, which every page of the product loads. */
function runtimeFiles(): Set<string> {
  const manifest = JSON.parse(readFileSync(join(".next", "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  return new Set(manifest.rootMainFiles.map((file) => `/_next/${file}`));
}

async function measure(url: string) {
  const executablePath = findChromium(process.env);
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const page = await context.newPage();
    await throttle(await context.newCDPSession(page));
    const scripts = new Map<string, number>();
    const foreign: string[] = [];
    let otherBytes = 0;
    page.on("response", async (response) => {
      const { origin, pathname, protocol } = new URL(response.url());
      if (protocol === "data:") return;
      if (origin !== new URL(url).origin) foreign.push(response.url());
      const type = response.request().resourceType();
      if (type === "eventsource") return;
      const bytes = gzipSync(await response.body(), { level: 9 }).length;
      if (type === "script") scripts.set(pathname, bytes);
      else otherBytes += bytes;
    });
    await page.goto(url, { waitUntil: "load" });
    const lcpMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
            type: "largest-contentful-paint",
            buffered: true,
          });
        }),
    );
    return { scripts, foreign, otherBytes, lcpMs };
  } finally {
    await browser.close();
  }
}

const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, size) => total + size, 0);

const url = await createOrder();
const runs: Awaited<ReturnType<typeof measure>>[] = [];
for (let run = 0; run < Number(values.runs); run++) runs.push(await measure(url));
const last = runs.at(-1);
if (!last) throw new Error("--runs must be 1 or more");
const runtime = runtimeFiles();
const ours = sum([...last.scripts].filter(([path]) => !runtime.has(path)).map(([, size]) => size));
const total = sum(last.scripts.values());
const lcpMs = runs.map((run) => run.lcpMs).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
console.log(
  JSON.stringify({
    bench: "checkout-size",
    js_gzip_bytes: total,
    js_gzip_bytes_ours: ours,
    html_and_css_gzip_bytes: last.otherBytes,
    third_party_requests: last.foreign.length,
    lcp_ms_slow_4g_median: Math.round(lcpMs),
    within_budget: total <= budget.totalJs && ours <= budget.ours && last.foreign.length === 0 && lcpMs <= budget.lcpMs,
    files: Object.fromEntries(last.scripts),
  }),
);
