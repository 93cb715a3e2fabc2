import { signatureHeaders } from "./sign.ts";

const { ORIGIN = "http://localhost:3000", KEY = "", KEY_ID = "", SIGNING_SECRET = "" } = process.env;

const url = `${ORIGIN}/v1/orders`;
const number = `SO-${Date.now()}`;
const body = JSON.stringify({ merchant_order_no: number, amount: 8800, currency: "CNY", subject: "Jasmine tea" });

const answer = await fetch(url, {
  method: "POST",
  body,
  headers: {
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
    "idempotency-key": number,
    ...signatureHeaders({ keyId: KEY_ID, secret: SIGNING_SECRET }, "POST", url, body),
  },
});
process.stdout.write(`${answer.status} ${await answer.text()}\n`);
