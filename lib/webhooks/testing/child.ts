import { deliverWebhooks } from "../deliver-webhooks.ts";
import { drainOutbox } from "../drain-outbox.ts";

// A process of its own, for tests that kill it: `child.ts drain` or `child.ts deliver <payload as JSON>`.
const [, , work, payload] = process.argv;
if (work === "drain") await drainOutbox();
if (work === "deliver" && payload) await deliverWebhooks.run(JSON.parse(payload));
process.exit(0);
