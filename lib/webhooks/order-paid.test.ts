import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";
import { createEndpoint } from "./create-endpoint.ts";
import { type ReceivedWebhook, type Receiver, startReceiver } from "./testing/receiver.ts";

let platform: Platform;
let receiver: Receiver;
beforeAll(async () => {
  platform = await startPlatform();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await platform.end();
});

const signed = ({ headers }: ReceivedWebhook) => ({
  "webhook-id": String(headers["webhook-id"]),
  "webhook-timestamp": String(headers["webhook-timestamp"]),
  "webhook-signature": String(headers["webhook-signature"]),
});

it("tells the merchant's server of a payment and its refund, each once, in words that standardwebhooks verifies", async () => {
  const { ctx, key } = await platform.merchant({}, ["wechatpay"]);
  const { secret } = await createEndpoint(ctx, { url: receiver.url, eventTypes: ["*"] });
  const order = await paidOrder(platform, ctx, { metadata: { cart: "7" } });
  await refund(ctx, order.id);
  await platform.pass(60_000);
  await platform.deliverWebhooks();

  const verifier = new Webhook(secret);
  const bodies = receiver.received.map(
    (webhook) => verifier.verify(webhook.raw, signed(webhook)) as ReceivedWebhook["body"],
  );
  const types = ["order.created", "order.paid", "refund.created", "refund.succeeded"];
  expect(bodies.map((body) => body.type).sort()).toEqual(types);
  expect(bodies.map((body) => body.sequence).sort()).toEqual([1, 2, 3, 4]);
  const paid = bodies.find((body) => body.type === "order.paid");
  expect(paid).toMatchObject({
    object: "event",
    livemode: false,
    request_id: expect.stringMatching(/^req_/),
    data: {
      object: { id: order.id, object: "order", status: "paid", amount_captured: 8800, metadata: { cart: "7" } },
    },
  });
  const told = await platform.call(await key(), "GET", `/v1/events/${paid?.id}`);
  expect(told.body).toEqual(paid);

  const [first] = receiver.received;
  if (!first) throw new Error("nothing received");
  expect(() => verifier.verify(first.raw.replace("8800", "1"), signed(first))).toThrow();
  expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString("base64")}`).verify(first.raw, signed(first))).toThrow();
});
