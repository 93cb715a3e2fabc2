import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { AlipaySdk } from "alipay-sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { openReceiver, openShop, type Receiver, type Shop } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;
let receiver: Receiver;
let server: Server;
let sdk: AlipaySdk;

/** The provider's own client, pointed at the simulator over a real connection; it checks every signature itself. */
beforeAll(async () => {
  database = await testDatabase();
  shop = await openShop(database);
  receiver = await openReceiver();
  server = await new Promise<Server>((resolve) => {
    const listening = serve({ fetch: shop.simulator.app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(listening as Server),
    );
  });
  const { port } = server.address() as AddressInfo;
  sdk = new AlipaySdk({
    appId: shop.credentials.app_id ?? "",
    privateKey: shop.credentials.private_key ?? "",
    alipayPublicKey: shop.credentials.alipay_public_key ?? "",
    keyType: "PKCS8",
    gateway: `http://127.0.0.1:${port}/gateway.do`,
    timeout: 5_000,
  });
});
afterAll(async () => {
  server.close();
  await receiver.close();
  await database.drop();
});

const exec = (method: string, bizContent: Record<string, unknown>, notifyUrl?: string) =>
  sdk.exec(method, { bizContent, ...(notifyUrl ? { notify_url: notifyUrl } : {}) }, { validateSign: true });

describe("the official client", () => {
  it("goes from a code to a full refund and believes every answer", async () => {
    const made = await exec("alipay.trade.precreate", shop.order("sdk1"), receiver.url);
    expect(made.code).toBe("10000");
    expect(made.qrCode).toMatch(/^https:\/\/qr\.alipay\.com\/bax/);

    await shop.simulator.act(shop.credentials, "sdk1", { act: "pay" });
    const paid = await exec("alipay.trade.query", { out_trade_no: "sdk1" });
    expect(paid).toMatchObject({ code: "10000", tradeStatus: "TRADE_SUCCESS", totalAmount: "88.80" });

    const refund = { out_trade_no: "sdk1", refund_amount: "88.80", out_request_no: "re1" };
    expect(await exec("alipay.trade.refund", refund)).toMatchObject({ fundChange: "Y", refundFee: "88.80" });
    const { out_trade_no, out_request_no } = refund;
    expect(await exec("alipay.trade.fastpay.refund.query", { out_trade_no, out_request_no })).toMatchObject({
      refundStatus: "REFUND_SUCCESS",
    });
  });

  it("believes a refusal too", async () => {
    const absent = await exec("alipay.trade.query", { out_trade_no: "none" });
    expect(absent).toMatchObject({ code: "40004", subCode: "ACQ.TRADE_NOT_EXIST", subMsg: "交易不存在" });
  });

  it("believes a notification, and not one that was changed on the way", async () => {
    await exec("alipay.trade.precreate", shop.order("sdk2", { passback_params: "p%3D100%25" }), receiver.url);
    await shop.simulator.act(shop.credentials, "sdk2", { act: "pay" });
    await shop.simulator.runDue();
    const message = receiver.received.find(({ fields }) => fields.out_trade_no === "sdk2")?.fields ?? {};
    expect(sdk.checkNotifySignV2(message)).toBe(true);
    expect(sdk.checkNotifySignV2({ ...message, total_amount: "0.01" })).toBe(false);
  });

  it("opens the cashier with the address it makes for a page payment, and believes the way back", async () => {
    const bizContent = shop.order("sdk3", { product_code: "FAST_INSTANT_TRADE_PAY" });
    const address = sdk.pageExecute("alipay.trade.page.pay", "GET", {
      bizContent,
      returnUrl: "https://shop.example/back",
    });
    const response = await fetch(address, { redirect: "manual" });
    expect(response.status).toBe(302);
    const code = new URL(response.headers.get("location") ?? "").searchParams.get("code");
    const paid = await (await shop.postJson("/shopper/act", { code, act: { act: "pay" } })).json();
    const back = new URL(paid.return_url);
    expect(back.origin + back.pathname).toBe("https://shop.example/back");
    const fields = Object.fromEntries(back.searchParams);
    expect(fields).toMatchObject({
      out_trade_no: "sdk3",
      total_amount: "88.80",
      seller_id: shop.credentials.seller_id,
    });
    expect(sdk.checkNotifySignV2(fields)).toBe(true);
  });

  it("gets no answer over a real connection when the simulator is told to time out", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "lost_answer", operation: "pay", reference: "sdk4" }]);
    const hasty = new AlipaySdk({ ...sdk.config, timeout: 300 });
    const lost = hasty.exec("alipay.trade.precreate", { bizContent: shop.order("sdk4") }, { validateSign: true });
    await expect(lost).rejects.toThrow(/timeout/i);
    expect(await shop.simulator.payment(shop.credentials, "sdk4")).toMatchObject({ status: "PREPARED" });
  });

  it("downloads a bill from where it is told", async () => {
    shop.clock.set("2026-11-21T01:00:00Z");
    const answer = await exec("alipay.data.dataservice.bill.downloadurl.query", {
      bill_type: "trade",
      bill_date: "2026-11-20",
    });
    const response = await fetch(answer.billDownloadUrl);
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 4)).toEqual(Buffer.from("PK\x03\x04", "latin1"));
  });
});
