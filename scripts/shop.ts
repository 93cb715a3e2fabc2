import { findRunning } from "./running.ts";

/** The sample shop, connected to the product that `npm run up` started from this folder. */
const running = await findRunning(process.cwd());
const found = running && { PAYLINK_URL: running.publicUrl, PAYLINK_KEY: running.demo.testKey };
Object.assign(process.env, { ...found, ...process.env });

await import("../samples/shop/start.ts");
