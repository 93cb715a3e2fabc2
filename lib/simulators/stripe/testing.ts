import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import Stripe from "stripe";
import { type SimulatorDb, simulatorDb } from "#db/simulator-client";
import { testDatabase } from "#db/testing/database";
import { TestClock } from "#lib/kernel/clock";
import type { Simulator } from "../simulator.ts";
import { createStripeSimulator } from "./simulator.ts";

export const publicUrl = "https://pay.example.test";
const notifyPath = "/notify";

export interface Delivered {
  readonly signature: string;
  readonly body: string;
  readonly event: Stripe.Event;
}

/** A merchant's receiver: keeps what it gets and answers as it is told. */
export interface Receiver {
  readonly url: string;
  readonly deliveries: Delivered[];
  status: number;
  types(): string[];
}

export interface Bench {
  readonly simulator: Simulator;
  readonly db: SimulatorDb;
  readonly clock: TestClock;
  readonly address: { readonly host: string; readonly port: number };
  /** An account of its own with a subscribed receiver, and the official client pointed at the simulator. */
  account(options?: { enabledEvents?: Stripe.WebhookEndpointCreateParams.EnabledEvent[] }): Promise<AccountBench>;
  close(): Promise<void>;
}

export interface AccountBench {
  readonly credentials: { secret_key: string; publishable_key: string; webhook_secret: string };
  readonly stripe: Stripe;
  readonly receiver: Receiver;
  /** Pays 20.00 USD with this card number or payment method and `reference` in the metadata. */
  pay(card: string, options?: Partial<Stripe.PaymentIntentCreateParams>): Promise<Stripe.PaymentIntent>;
  tokenize(number: string, changes?: Record<string, string>): Promise<Response>;
}

export async function stripeBench(): Promise<Bench> {
  const database = await testDatabase();
  const clock = new TestClock("2026-11-20T08:00:00Z");
  const db = simulatorDb(database.simulatorUrl);
  const simulator = createStripeSimulator({ db, clock, publicUrl });
  const servers: Server[] = [];
  const api = await listen(servers, createServer(getRequestListener(simulator.app.fetch)));

  return {
    simulator,
    db,
    clock,
    address: { host: "127.0.0.1", port: api },
    account: (options) => openAccount(simulator, servers, api, options?.enabledEvents ?? ["*"]),
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await database.drop();
    },
  };
}

async function openAccount(
  simulator: Simulator,
  servers: Server[],
  port: number,
  enabledEvents: Stripe.WebhookEndpointCreateParams.EnabledEvent[],
): Promise<AccountBench> {
  const provisioned = await simulator.provision({ label: "Jasmine Tea House" });
  const credentials = provisioned as unknown as AccountBench["credentials"];
  const stripe = new Stripe(credentials.secret_key, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    timeout: 5000,
    telemetry: false,
  });
  const receiver = await openReceiver(servers);
  await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: enabledEvents });

  const tokenize = (number: string, changes: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/v1/payment_methods`, {
      method: "POST",
      headers: { authorization: `Bearer ${credentials.publishable_key}`, origin: publicUrl },
      body: new URLSearchParams({
        type: "card",
        "card[number]": number,
        "card[exp_month]": "12",
        "card[exp_year]": "2030",
        "card[cvc]": /^3[47]/.test(number) ? "1234" : "123",
        "billing_details[name]": "Lin Mei",
        ...changes,
      }),
    });

  async function tokenOf(card: string): Promise<string> {
    if (card.startsWith("pm_")) return card;
    const answer = (await (await tokenize(card)).json()) as { id: string };
    return answer.id;
  }

  return {
    credentials,
    stripe,
    receiver,
    tokenize,
    pay: async (card, options = {}) =>
      stripe.paymentIntents.create({
        amount: 2000,
        currency: "usd",
        payment_method: await tokenOf(card),
        allowed_payment_method_types: ["card"],
        confirm: true,
        return_url: "https://shop.example.test/back?order=7",
        metadata: { reference: "att_1" },
        ...options,
      }),
  };
}

async function openReceiver(servers: Server[]): Promise<Receiver> {
  const deliveries: Delivered[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const signature = String(request.headers["stripe-signature"]);
    deliveries.push({ signature, body, event: JSON.parse(body) as Stripe.Event });
    response.writeHead(receiver.status).end();
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${await listen(servers, server)}${notifyPath}`,
    deliveries,
    status: 200,
    types: () => deliveries.map(({ event }) => event.type),
  };
  return receiver;
}

async function listen(servers: Server[], server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** The error that a call must fail with. */
export async function failureOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error("the call did not fail with a StripeError", { cause: outcome });
}
