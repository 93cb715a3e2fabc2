import { createDecipheriv, createSign, createVerify, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Hono } from "hono";
import { connect } from "#db/client";
import { testDatabase } from "#db/testing/database";
import { TestClock } from "#lib/kernel/clock";
import type { Simulator } from "../simulator.ts";
import { createWechatpaySimulator } from "./simulator.ts";

/** A merchant's own side of the protocol, written from its documentation for the tests of this folder. */
export interface Merchant {
  readonly credentials: Record<string, string>;
  call(method: "GET" | "POST", path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  /** A native order with what is given in place of the usual. */
  order(outTradeNo: string, change?: Record<string, unknown>): Promise<Reply>;
  refund(outTradeNo: string, outRefundNo: string, refund: number, total: number): Promise<Reply>;
}

export interface CallOptions {
  /** Replaces fields of the Authorization header after signing. */
  readonly token?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly timestamp?: number;
  readonly signal?: AbortSignal;
  /** Signs this in place of the body. */
  readonly signedBody?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails when it is not there
  readonly json: any;
  /** By the account's platform public key. */
  readonly isSigned: boolean;
}

export interface World {
  readonly simulator: Simulator;
  readonly clock: TestClock;
  readonly merchant: Merchant;
  openMerchant(): Promise<Merchant>;
  readonly receiver: Receiver;
  close(): Promise<void>;
}

const origin = "http://provider.test";
const prefix = "/sim/wechatpay";

export async function openWorld(): Promise<World> {
  const database = await testDatabase();
  const { client, db } = connect(database.simulatorUrl, { max: 6, applicationName: "test", timeoutMs: 10_000 });
  const clock = new TestClock("2026-11-20T04:00:00Z");
  const simulator = createWechatpaySimulator({ db, clock, publicUrl: "https://pay.test" });
  const receiver = await openReceiver();
  const openMerchant = async () => {
    const credentials = await simulator.provision({ label: "山海书店" });
    return testMerchant(simulator, clock, credentials, receiver.url);
  };
  const merchant = await openMerchant();
  const close = async () => {
    await receiver.close();
    await client.end();
    await database.drop();
  };
  return { simulator, clock, merchant, openMerchant, receiver, close };
}

function testMerchant(
  simulator: Simulator,
  clock: TestClock,
  credentials: Record<string, string>,
  notifyUrl: string,
): Merchant {
  const mounted = new Hono().route(prefix, simulator.app);

  const call: Merchant["call"] = async (method, path, body, options = {}) => {
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const target = path.startsWith(origin) ? path.slice(origin.length) : prefix + path;
    const timestamp = (options.timestamp ?? Math.floor(clock.now().getTime() / 1000)).toString();
    const nonce = randomBytes(16).toString("hex").toUpperCase();
    const message = [method, target, timestamp, nonce, options.signedBody ?? text, ""].join("\n");
    const fields = {
      mchid: credentials.mchid,
      nonce_str: nonce,
      timestamp,
      serial_no: credentials.serial_no,
      signature: createSign("RSA-SHA256")
        .update(message)
        .sign(credentials.private_key ?? "", "base64"),
      ...options.token,
    };
    const token = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
    const response = await mounted.request(origin + target, {
      method,
      headers: {
        Authorization: `WECHATPAY2-SHA256-RSA2048 ${token.join(",")}`,
        Accept: "application/json",
        "User-Agent": "test",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: text }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    return readReply(response, credentials);
  };

  return {
    credentials,
    call,
    order: (outTradeNo, change = {}) =>
      call("POST", "/v3/pay/transactions/native", {
        appid: credentials.appid,
        mchid: credentials.mchid,
        description: "两本书",
        out_trade_no: outTradeNo,
        notify_url: notifyUrl,
        amount: { total: 8800, currency: "CNY" },
        ...change,
      }),
    refund: (outTradeNo, outRefundNo, refund, total) =>
      call("POST", "/v3/refund/domestic/refunds", {
        out_trade_no: outTradeNo,
        out_refund_no: outRefundNo,
        notify_url: notifyUrl,
        amount: { refund, total, currency: "CNY" },
      }),
  };
}

async function readReply(response: Response, credentials: Record<string, string>): Promise<Reply> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    json: isJson ? JSON.parse(bytes.toString()) : undefined,
    isSigned: isSigned(Object.fromEntries(response.headers), bytes, credentials),
  };
}

function isSigned(headers: IncomingHttpHeaders, body: Buffer, credentials: Record<string, string>): boolean {
  const message = `${headers["wechatpay-timestamp"]}\n${headers["wechatpay-nonce"]}\n${body}\n`;
  return createVerify("RSA-SHA256")
    .update(message)
    .verify(credentials.platform_public_key ?? "", String(headers["wechatpay-signature"] ?? ""), "base64");
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What the next notifications are answered with; 204 when used up. */
  readonly answers: number[];
  close(): Promise<void>;
}

async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answers.shift() ?? 204, { Location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify/ca_1`,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Opens a notification as a merchant does. @throws Error when it is not signed by the account's platform key */
export function openNotification(received: Received, credentials: Record<string, string>) {
  if (received.headers["wechatpay-serial"] !== credentials.platform_public_key_id) throw new Error("unknown serial");
  if (!isSigned(received.headers, received.body, credentials)) throw new Error("bad signature");
  const event = JSON.parse(received.body.toString());
  const { ciphertext, nonce, associated_data: associatedData } = event.resource;
  const bytes = Buffer.from(ciphertext, "base64");
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(credentials.apiv3_key ?? ""), nonce);
  decipher.setAAD(Buffer.from(associatedData)).setAuthTag(bytes.subarray(-16));
  const plaintext = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  return { event, resource: JSON.parse(plaintext.toString()) };
}
