import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";

const guides = new URL("../samples/guides/", import.meta.url);
const path = (name: string) => new URL(name, guides).pathname;

let platform: Platform;
let merchant: TestMerchant;
let key: string;
const children: ChildProcess[] = [];
const closers: (() => void)[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, ["wechatpay", "alipay"]);
  key = await merchant.key();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  for (const close of closers.splice(0)) close();
});

afterAll(() => platform.end());

function start(command: string, file: string, more: Record<string, string> = {}): ChildProcess {
  const child = spawn(command, [path(file)], {
    env: { ...process.env, PAYLINK_URL: platform.origin, PAYLINK_KEY: key, ...more },
  });
  children.push(child);
  return child;
}

async function freePort(): Promise<number> {
  const probe = createTcpServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Runs a script to its end while the simulated providers and the jobs do their part. */
async function runToEnd(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  const ended = once(child, "close");
  while (child.exitCode === null && child.signalCode === null) await platform.settle();
  await ended;
  await platform.settle();
  return { code: child.exitCode, text };
}

/** A server of the guides on a free port, once it listens. */
async function serve(file: string, more: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const child = start(process.execPath, file, { PORT: String(port), ...more });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return `http://localhost:${port}`;
}

const isInstalled = (command: string) => spawnSync(command, ["--version"]).status === 0;

describe("by API only", () => {
  for (const [name, command, file] of [
    ["Node", process.execPath, "api-only/pay.ts"],
    ["Python", "python3", "api-only/pay.py"],
  ] as const) {
    it.skipIf(!isInstalled(command))(`the ${name} sample pays an order and refunds a part of it`, async () => {
      const { code, text } = await runToEnd(start(command, file));
      expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining("status paid") });
      // WeChat confirms a refund a while after it has accepted it.
      await platform.pass(120_000);
      const id = /order (ord_\w+)/.exec(text)?.[1];
      const order = await platform.call(key, "GET", `/v1/orders/${id}`);
      expect(order.body).toMatchObject({ status: "partially_refunded", amount_refunded: 3000 });
    });
  }
});

describe("on a web site", () => {
  it("the server sells, and the webhook settles the order", async () => {
    const port = await freePort();
    const endpoint = await platform.call(key, "POST", "/v1/webhook_endpoints", {
      url: `http://127.0.0.1:${port}/webhooks`,
    });
    const child = start(process.execPath, "web/server.ts", {
      PORT: String(port),
      PAYLINK_WEBHOOK_SECRET: endpoint.body.secret,
    });
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const shop = `http://localhost:${port}`;

    const bought = await fetch(`${shop}/pay`, { method: "POST", redirect: "manual" });
    const id = bought.headers.get("location")?.split("/").at(-1);
    const order = await platform.call(key, "GET", `/v1/orders/${id}`);
    const returned = async () => (await fetch(order.body.return_url)).text();
    expect(await returned()).toBe("waiting for the payment");

    const headers = { "idempotency-key": "web-1" };
    await platform.call(key, "POST", `/v1/orders/${id}/attempts`, { method: "wechat_pay" }, headers);
    await platform.call(key, "POST", `/v1/test/orders/${id}/act`, { act: "pay" });
    await platform.settle();
    await platform.deliverWebhooks();
    expect(await returned()).toBe("paid");

    const forged = { method: "POST", body: "{}", headers: { "webhook-id": "evt_1", "webhook-signature": "v1,AAAA" } };
    expect((await fetch(`${shop}/webhooks`, forged)).status).toBe(400);
  });
});

interface MiniPage {
  data: Record<string, unknown>;
  setData(data: Record<string, unknown>): void;
  pay(): void;
}

type Callbacks = Record<"success" | "fail", (answer: unknown) => void>;

/** The mini program's page in a stand-in for WeChat that reaches `server` in the place of the shop's domain. */
function openPage(server: string, requestPayment: (parameters: Record<string, string> & Callbacks) => void): MiniPage {
  let page: MiniPage | undefined;
  const wx = {
    login: ({ success }: Callbacks) => success({ code: "code-of-lin" }),
    request({ url, method, success, fail }: { url: string; method: string } & Callbacks) {
      fetch(url.replace("https://shop.example", server), { method })
        .then(async (answer) => success({ statusCode: answer.status, data: await answer.json() }))
        .catch(fail);
    },
    requestPayment,
  };
  const definePage = (definition: MiniPage) => {
    page = Object.assign(definition, {
      setData(this: MiniPage, data: Record<string, unknown>) {
        Object.assign(this.data, data);
      },
    });
  };
  runInNewContext(readFileSync(path("mini-program/page.js"), "utf8"), { Page: definePage, wx, encodeURIComponent });
  if (!page) throw new Error("the file defines no page");
  return page;
}

describe("in a mini program", () => {
  let server: string;

  async function startServer(): Promise<void> {
    const asked: (string | null)[] = [];
    const weixin = createServer((request, response) => {
      const code = new URL(request.url ?? "/", "http://weixin").searchParams.get("js_code");
      asked.push(code);
      response.end(JSON.stringify(code === "code-of-lin" ? { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" } : {}));
    }).listen(0, "127.0.0.1");
    await once(weixin, "listening");
    closers.push(() => weixin.close());
    server = await serve("mini-program/server.ts", {
      WEIXIN_URL: `http://127.0.0.1:${(weixin.address() as AddressInfo).port}`,
    });
  }

  it("the page hands the wallet what the API signed, and the order is paid", async () => {
    await startServer();
    const called = Promise.withResolvers<Record<string, string> & Callbacks>();
    const page = openPage(server, called.resolve);
    page.pay();
    const { success, ...parameters } = await called.promise;
    expect(parameters).toMatchObject({
      timeStamp: expect.stringMatching(/^\d+$/),
      nonceStr: expect.stringMatching(/^\w+$/),
      package: expect.stringMatching(/^prepay_id=/),
      signType: "RSA",
      paySign: expect.stringMatching(/^[\w+/]+=*$/),
    });
    expect(page.data.state).toBe("paying");

    const { body } = await platform.call(key, "GET", "/v1/orders?limit=1");
    await platform.call(key, "POST", `/v1/test/orders/${body.data[0].id}/act`, { act: "pay" });
    await platform.settle();
    success({});
    expect(page.data.state).toBe("confirmed");
    expect((await platform.call(key, "GET", `/v1/orders/${body.data[0].id}`)).body.status).toBe("paid");
  });

  it("a shopper who turns back may press the button again", async () => {
    await startServer();
    const called = Promise.withResolvers<Callbacks>();
    const page = openPage(server, called.resolve);
    page.pay();
    (await called.promise).fail({ errMsg: "requestPayment:fail cancel" });
    expect(page.data.state).toBe("ready");
  });

  it("a code that WeChat does not know opens no order", async () => {
    await startServer();
    expect((await fetch(`${server}/pay?code=other`, { method: "POST" })).status).toBe(502);
  });
});
