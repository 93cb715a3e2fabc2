import { readFileSync } from "node:fs";
import { verifyWebhook } from "./verify.ts";

// One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs.
for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const [secret = "", id, timestamp, signature, now, body = ""] = line.split("\t");
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const isGenuine = verifyWebhook(secret, headers, Buffer.from(body, "base64"), Number(now));
  process.stdout.write(isGenuine ? "genuine\n" : "refused\n");
}
