import { once } from "node:events";
import type { Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { signedHeaders } from "#lib/webhooks/signature";
import { openShop, ShopSetupError } from "../samples/shop/open-shop.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
const servers: Server[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, ["wechatpay"]);
  key = await merchant.key();
});

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
});

afterAll(() => platform.end());

async function open(settings: { port?: number; webhookSecret?: string } = {}): Promise<string> {
  const { url, server } = await openShop({ platformUrl: platform.origin, key, port: 0, ...settings });
  servers.push(server);
  return url;
}

/** Presses the button and answers with the order's number in the shop and its id on the platform. */
async function buy(shop: string): Promise<{ number: string; id: string }> {
  const bought = await fetch(`${shop}/buy`, { method: "POST", redirect: "manual" });
  expect(bought.status).toBe(303);
  const id = bought.headers.get("location")?.split("/").at(-1) ?? "";
  const order = await platform.call(key, "GET", `/v1/orders/${id}`);
  return { number: order.body.merchant_order_no, id };
}

const stateOf = async (shop: string, number: string) => (await fetch(`${shop}/orders/${number}/state`)).text();

async function pay(id: string): Promise<void> {
  const headers = { "idempotency-key": `pay-${id}` };
  await platform.call(key, "POST", `/v1/orders/${id}/attempts`, { method: "wechat_pay" }, headers);
  await platform.call(key, "POST", `/v1/test/orders/${id}/act`, { act: "pay" });
  await platform.settle();
}

describe("the sample shop", () => {
  it("sends the shopper to the checkout and shows the order as paid once the webhook has told it", async () => {
    const shop = await open();
    const { number, id } = await buy(shop);
    await pay(id);
    expect(await stateOf(shop, number)).toBe("waiting");
    await platform.deliverWebhooks();
    expect(await stateOf(shop, number)).toBe("paid");
    const page = await (await fetch(`${shop}/orders/${number}`)).text();
    expect(page).toContain("Paid, thank you");
    expect(page).toMatch(/evt_\w+/);
  });

  it("is told when an order is closed unpaid", async () => {
    const shop = await open();
    const { number, id } = await buy(shop);
    await platform.call(key, "POST", `/v1/orders/${id}/close`, {});
    await platform.deliverWebhooks();
    expect(await stateOf(shop, number)).toBe("closed");
  });

  it("uses the endpoint that is there when it opens again at the same address", async () => {
    const shop = await open();
    const before = await platform.call(key, "GET", "/v1/webhook_endpoints");
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    }
    await open({ port: Number(new URL(shop).port) });
    const after = await platform.call(key, "GET", "/v1/webhook_endpoints");
    expect(after.body.data).toEqual(before.body.data);
  });

  it("speaks Chinese to who prefers it", async () => {
    const shop = await open();
    const page = await fetch(shop, { headers: { "accept-language": "zh-CN,zh;q=0.9" } });
    expect(await page.text()).toContain("立即购买 ¥88.00");
    expect(await (await fetch(`${shop}/?lang=en`, { headers: { "accept-language": "zh" } })).text()).toContain(
      "Buy for ¥88.00",
    );
  });

  it("knows no order by a number that it did not give", async () => {
    const shop = await open();
    expect((await fetch(`${shop}/orders/SHOP-1`)).status).toBe(404);
  });
});

describe("a webhook to the shop", () => {
  const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD0y7p8l6Vnh4=";

  function tell(shop: string, event: object, signedWith = secret): Promise<Response> {
    const body = JSON.stringify(event);
    const headers = signedHeaders("evt_1", new Date(), body, [signedWith]);
    return fetch(`${shop}/webhooks`, { method: "POST", headers, body });
  }

  const paid = (number: string, changes: object = {}) => ({
    id: "evt_1",
    type: "order.paid",
    data: { object: { merchant_order_no: number, amount: 8800, currency: "CNY", status: "paid", ...changes } },
  });

  it("counts when its signature is right, and stays counted when news of a close comes late", async () => {
    const shop = await open({ webhookSecret: secret });
    const { number } = await buy(shop);
    expect((await tell(shop, paid(number))).status).toBe(204);
    expect((await tell(shop, { ...paid(number), type: "order.closed" })).status).toBe(204);
    expect(await stateOf(shop, number)).toBe("paid");
  });

  it("is refused when another secret signed it", async () => {
    const shop = await open({ webhookSecret: secret });
    const { number } = await buy(shop);
    expect((await tell(shop, paid(number), `whsec_${"A".repeat(43)}=`)).status).toBe(400);
    expect((await fetch(`${shop}/webhooks`, { method: "POST", body: JSON.stringify(paid(number)) })).status).toBe(400);
    expect(await stateOf(shop, number)).toBe("waiting");
  });

  it.each([{ amount: 1 }, { currency: "JPY" }])("does not sell the tea for %o", async (changes) => {
    const shop = await open({ webhookSecret: secret });
    const { number } = await buy(shop);
    await tell(shop, paid(number, changes));
    expect(await stateOf(shop, number)).toBe("waiting");
  });
});

describe("a shop that can't open says why", () => {
  const refusal = async (settings: { platformUrl?: string; key?: string; publicUrl?: string }) => {
    const opening = openShop({ platformUrl: platform.origin, key, port: 0, ...settings });
    const error = await opening.then(({ server }) => servers.push(server)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ShopSetupError);
    return (error as Error).message;
  };

  it("with a live key", async () => expect(await refusal({ key: "sk_live_1" })).toContain("PAYLINK_KEY"));

  it("with a key that is not known", async () => {
    expect(await refusal({ key: "sk_test_1" })).toContain("unauthenticated");
  });

  it("where no platform answers", async () => {
    expect(await refusal({ platformUrl: "http://127.0.0.1:9" })).toContain("npm run up");
  });

  it("at an address that the platform does not deliver to", async () => {
    expect(await refusal({ publicUrl: "http://10.1.2.3:9" })).toContain("WEBHOOK_ALLOW_ADDRESSES");
  });
});
