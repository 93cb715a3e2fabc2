import { createSign, createVerify } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { simulatorDb } from "#db/simulator-client";
import type { TestDatabase } from "#db/testing/database";
import { TestClock } from "#lib/kernel/clock";
import type { Simulator } from "../../simulator.ts";
import { createAlipaySimulator } from "../simulator.ts";

/** What the merchant received at its notify_url. */
export interface Received {
  readonly contentType: string;
  readonly body: string;
  readonly fields: Record<string, string>;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What the next answers are; `success` with 200 when empty. */
  readonly answers: { status: number; body: string }[];
  close(): Promise<void>;
}

/** A merchant's server that takes notifications. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: { status: number; body: string }[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("latin1");
    const fields = Object.fromEntries(new URLSearchParams(body));
    received.push({ contentType: request.headers["content-type"] ?? "", body, fields });
    const answer = answers.shift() ?? { status: 200, body: "success" };
    response.writeHead(answer.status, { location: "/elsewhere" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/notify?shop=1&kind=a`,
    received,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The published rule, read a second time: sorted `k=v` joined by `&`, empty ones and the named ones left out. */
export function textToSign(fields: Record<string, string>, ...without: string[]): string {
  const names = Object.keys(fields).filter((name) => fields[name] && !without.includes(name));
  names.sort();
  return names.map((name) => `${name}=${fields[name]}`).join("&");
}

export function isSignedBy(publicKey: string, text: string, sign: string): boolean {
  return createVerify("RSA-SHA256").update(text, "utf8").verify(publicKey, sign, "base64");
}

/** Common and business parameters with the app's signature, as they are sent. */
export function signedFields(
  credentials: Record<string, string>,
  method: string,
  content: unknown,
  more: Record<string, string> = {},
): Record<string, string> {
  const fields: Record<string, string> = {
    app_id: credentials.app_id ?? "",
    method,
    format: "JSON",
    charset: "utf-8",
    sign_type: "RSA2",
    timestamp: "2026-11-20 10:00:00",
    version: "1.0",
    biz_content: JSON.stringify(content),
    ...more,
  };
  const sign = createSign("RSA-SHA256")
    .update(textToSign(fields, "sign"), "utf8")
    .sign(credentials.private_key ?? "", "base64");
  return { ...fields, sign };
}

/** The raw text of the inner object: from the brace after the key to the one before `,"sign"`. */
export function innerText(raw: string): string {
  return raw.slice(raw.indexOf(":") + 1, raw.lastIndexOf(',"sign":'));
}

/** An account at a simulator of its own, under a clock of its own. */
export async function openShop(database: TestDatabase) {
  const clock = new TestClock("2026-11-20T02:00:00Z");
  const simulator: Simulator = createAlipaySimulator({
    db: simulatorDb(database.simulatorUrl),
    clock,
    publicUrl: "https://pay.example",
  });
  const credentials = await simulator.provision({ label: "Moonlight Tea" });

  /** One call of the gateway; throws when its answer is not signed by the provider. */
  async function call(
    method: string,
    content: unknown,
    more: Record<string, string> = {},
    init: RequestInit = {},
  ): Promise<Record<string, string>> {
    const response = await simulator.app.request("/gateway.do?charset=utf-8", {
      method: "POST",
      body: new URLSearchParams(signedFields(credentials, method, content, more)),
      ...init,
    });
    const raw = await response.text();
    const parsed = JSON.parse(raw) as Record<string, unknown>;
    if (!isSignedBy(credentials.alipay_public_key ?? "", innerText(raw), String(parsed.sign))) {
      throw new Error(`not signed by the provider: ${raw}`);
    }
    return parsed[`${method.replaceAll(".", "_")}_response`] as Record<string, string>;
  }

  const order = (out_trade_no: string, more: Record<string, unknown> = {}) => ({
    out_trade_no,
    total_amount: "88.80",
    subject: "Oolong / 乌龙茶",
    ...more,
  });

  async function postJson(path: string, body: unknown) {
    return simulator.app.request(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  return { clock, simulator, credentials, call, order, postJson };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
