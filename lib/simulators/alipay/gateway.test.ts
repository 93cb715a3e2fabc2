import { createSign } from "node:crypto";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { innerText, isSignedBy, openShop, type Shop, signedFields, textToSign } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  shop = await openShop(database);
});
afterAll(() => database.drop());

async function send(fields: Record<string, string>, placement: "query" | "form" = "form"): Promise<string> {
  const encoded = new URLSearchParams(fields);
  const response =
    placement === "query"
      ? await shop.simulator.app.request(`/gateway.do?${encoded}`)
      : await shop.simulator.app.request("/gateway.do", { method: "POST", body: encoded });
  expect(response.status).toBe(200);
  return response.text();
}

describe("where parameters may be", () => {
  it("takes all of them in the query of a GET", async () => {
    const raw = await send(signedFields(shop.credentials, "alipay.trade.precreate", shop.order("g1")), "query");
    expect(JSON.parse(raw).alipay_trade_precreate_response.code).toBe("10000");
  });

  it("merges query and form before it verifies, as the official clients split them", async () => {
    const fields = signedFields(shop.credentials, "alipay.trade.precreate", shop.order("g2"));
    const { biz_content = "", ...common } = fields;
    const response = await shop.simulator.app.request(`/gateway.do?${new URLSearchParams(common)}`, {
      method: "POST",
      body: new URLSearchParams({ biz_content }),
    });
    expect(JSON.parse(await response.text()).alipay_trade_precreate_response.code).toBe("10000");
  });

  it("reads, verifies and answers in GBK when the request says so", async () => {
    const content = { ...shop.order("g3"), subject: "乌龙茶" };
    const fields: Record<string, string> = {
      ...signedFields(shop.credentials, "alipay.trade.create", { ...content, buyer_id: "2088722003899991" }),
      charset: "GBK",
    };
    fields.sign = createSign("RSA-SHA256")
      .update(iconv.encode(textToSign(fields, "sign"), "gbk"))
      .sign(shop.credentials.private_key ?? "", "base64");
    const body = Object.entries(fields)
      .map(([name, value]) => {
        const bytes = iconv.encode(value, "gbk");
        return `${name}=${[...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")}`;
      })
      .join("&");
    const response = await shop.simulator.app.request("/gateway.do", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
    expect(response.headers.get("content-type")).toBe("text/html;charset=GBK");
    expect(JSON.parse(await response.text()).alipay_trade_create_response.code).toBe("10000");
    expect(await shop.call("alipay.trade.query", { out_trade_no: "g3" })).toMatchObject({ subject: "乌龙茶" });
  });
});

describe("the answer", () => {
  it("escapes slashes and signs exactly the text of the inner object", async () => {
    const raw = await send(signedFields(shop.credentials, "alipay.trade.precreate", shop.order("a1")));
    expect(raw).toMatch(/"qr_code":"https:\\\/\\\/qr\.alipay\.com\\\/bax[0-9a-z]{21}"\},"sign":"/);
    const { sign } = JSON.parse(raw);
    const key = shop.credentials.alipay_public_key ?? "";
    expect(isSignedBy(key, innerText(raw), sign)).toBe(true);
    expect(isSignedBy(key, innerText(raw).replaceAll("\\/", "/"), sign)).toBe(false);
  });

  it("carries a trace id", async () => {
    const response = await shop.simulator.app.request("/gateway.do");
    expect(response.headers.get("trace_id")).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("what does not get past the gateway", () => {
  const method = "alipay.trade.query";
  const content = { out_trade_no: "none" };

  it.each([
    ["no app_id", { app_id: "" }, "40001", "isv.missing-app-id"],
    ["an unknown app_id", { app_id: "2021000000000000" }, "40002", "isv.invalid-app-id"],
    ["no method", { method: "" }, "40001", "isv.missing-method"],
    ["an unknown method", { method: "alipay.trade.wish" }, "40002", "isv.invalid-method"],
    ["a method of Object's", { method: "constructor" }, "40002", "isv.invalid-method"],
  ])("answers %s with error_response", async (_, change, code, subCode) => {
    const raw = await send(signedFields(shop.credentials, method, content, change));
    expect(JSON.parse(raw).error_response).toMatchObject({ code, sub_code: subCode });
  });

  it.each([
    ["another version", { version: "2.0" }, "40002", "isv.invalid-version"],
    ["no version", { version: "" }, "40001", "isv.missing-version"],
    ["XML", { format: "XML" }, "40002", "isv.invalid-format"],
    ["RSA with SHA-1", { sign_type: "RSA" }, "40002", "isv.invalid-signature-type"],
    ["no timestamp", { timestamp: "" }, "40001", "isv.missing-timestamp"],
    ["a day that does not exist", { timestamp: "2026-02-30 10:00:00" }, "40002", "isv.invalid-timestamp"],
    ["an unknown charset", { charset: "klingon" }, "40002", "isv.invalid-charset"],
  ])("refuses %s", async (_, change, code, subCode) => {
    const raw = await send(signedFields(shop.credentials, method, content, change));
    const parsed = JSON.parse(raw);
    expect(parsed.alipay_trade_query_response).toMatchObject({ code, sub_code: subCode });
    expect(isSignedBy(shop.credentials.alipay_public_key ?? "", innerText(raw), parsed.sign)).toBe(true);
  });

  it.each([
    ["a changed amount", (fields: Record<string, string>) => ({ ...fields, biz_content: '{"out_trade_no":"other"}' })],
    ["an added parameter", (fields: Record<string, string>) => ({ ...fields, notify_url: "https://thief.example/" })],
    ["another app's signature", (fields: Record<string, string>) => ({ ...fields, sign: `AAAA${fields.sign}` })],
  ])("refuses %s as an invalid signature and does nothing", async (_, change) => {
    const fields = signedFields(shop.credentials, "alipay.trade.precreate", shop.order("forged"));
    const raw = await send(change(fields));
    expect(JSON.parse(raw).alipay_trade_precreate_response).toMatchObject({
      code: "40002",
      msg: "Invalid Arguments",
      sub_code: "isv.invalid-signature",
    });
    expect(await shop.simulator.payment(shop.credentials, "forged")).toBeUndefined();
  });

  it("refuses a missing signature", async () => {
    const { sign, ...unsigned } = signedFields(shop.credentials, method, content);
    expect(sign).not.toBe("");
    expect(JSON.parse(await send(unsigned)).alipay_trade_query_response.sub_code).toBe("isv.missing-signature");
  });

  it("refuses a body of megabytes without reading it as parameters", async () => {
    const response = await shop.simulator.app.request("/gateway.do", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "x".repeat(1_100_000),
    });
    expect(response.status).toBe(413);
  });
});

describe("bad parameters of a payment", () => {
  it.each([
    ["no number", { out_trade_no: "" }, "ACQ.INVALID_PARAMETER"],
    ["a number with a dash", { out_trade_no: "a-b" }, "ACQ.INVALID_PARAMETER"],
    ["a number of 65 characters", { out_trade_no: "a".repeat(65) }, "ACQ.INVALID_PARAMETER"],
    ["zero", { total_amount: "0.00" }, "ACQ.INVALID_PARAMETER"],
    ["a negative amount", { total_amount: "-1.00" }, "ACQ.INVALID_PARAMETER"],
    ["a third decimal", { total_amount: "1.001" }, "ACQ.INVALID_PARAMETER"],
    ["more than 100 million", { total_amount: "100000000.01" }, "ACQ.TOTAL_FEE_EXCEED"],
    ["no subject", { subject: "" }, "ACQ.INVALID_PARAMETER"],
    ["a subject of 257 characters", { subject: "茶".repeat(257) }, "ACQ.INVALID_PARAMETER"],
    ["another product", { product_code: "QUICK_WAP_WAY" }, "ACQ.INVALID_PARAMETER"],
    ["a timeout of half an hour as 0.5h", { timeout_express: "0.5h" }, "ACQ.INVALID_PARAMETER"],
    ["a timeout of 16 days", { timeout_express: "16d" }, "ACQ.INVALID_PARAMETER"],
    ["an expiry that has passed", { time_expire: "2026-11-20 09:59:59" }, "ACQ.INVALID_PARAMETER"],
  ])("refuses %s", async (_, change, subCode) => {
    const answer = await shop.call("alipay.trade.precreate", shop.order("p1", change));
    expect(answer).toMatchObject({ code: "40004", msg: "Business Failed", sub_code: subCode });
  });

  it("refuses biz_content that is no JSON object", async () => {
    const raw = await send(signedFields(shop.credentials, "alipay.trade.precreate", ["a"]));
    expect(JSON.parse(raw).alipay_trade_precreate_response.sub_code).toBe("ACQ.INVALID_PARAMETER");
  });

  it("refuses a notify_url that is no http address", async () => {
    const more = { notify_url: "ftp://shop.example/" };
    const answer = await shop.call("alipay.trade.precreate", shop.order("p2"), more);
    expect(answer.sub_code).toBe("ACQ.INVALID_PARAMETER");
  });
});
