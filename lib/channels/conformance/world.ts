import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { testDatabase } from "#db/testing/database";
import { TestClock } from "#lib/kernel/clock";
import { createSimulators, type Simulators } from "#lib/simulators/all";
import { BadNotification, type ChannelNotification, type RawNotification, type WireAnswer } from "../channel.ts";

/** A notification as it arrived, and what the adapter made of it. */
export type Received =
  | { readonly raw: RawNotification; readonly read: ChannelNotification; readonly refused?: undefined }
  | { readonly raw: RawNotification; readonly refused: BadNotification; readonly read?: undefined };

/** Takes a notification as our own endpoint would: verifies, reads, and answers in the provider's words. */
export type Listener = (raw: RawNotification) => Promise<WireAnswer>;

/** Every simulator behind a real HTTP port, on a real database, with a clock that the test moves. */
export interface World {
  readonly clock: TestClock;
  readonly simulators: Simulators["simulators"];
  /** Credentials by channel name, of accounts that several cases use. */
  readonly sharedAccounts: Map<string, Record<string, string>>;
  /** Where the simulators' port answers. */
  readonly origin: string;
  /** An address for notifications, and what listens there. */
  listen(accountId: string, listener: Listener): string;
  /** Each case has a day of its own, so that statements don't mix. */
  nextMorning(): void;
  end(): Promise<void>;
}

/** Ten in the morning in Shanghai, two at night in UTC: the same day in both. */
const start = "2026-11-20T02:00:00Z";
const dayMs = 24 * 60 * 60_000;

const maxNotificationBytes = 1024 * 1024;

export async function createWorld(): Promise<World> {
  const database = await testDatabase();
  const clock = new TestClock(start);
  const listeners = new Map<string, Listener>();
  const notifications = createServer((request, response) => void take(listeners, request, response));
  const notifyOrigin = await listening(notifications);
  const { app, simulators } = createSimulators({
    url: database.simulatorUrl,
    publicUrl: "http://localhost:3000",
    clock,
  });
  const provider = createAdaptorServer({ fetch: app.fetch }) as Server;
  const origin = await listening(provider);
  return {
    clock,
    simulators,
    sharedAccounts: new Map(),
    origin,
    listen(accountId, listener) {
      listeners.set(accountId, listener);
      return `${notifyOrigin}/notify/${accountId}`;
    },
    nextMorning() {
      const morning = Date.parse(start);
      const days = Math.floor((clock.now().getTime() - morning) / dayMs) + 1;
      clock.set(new Date(morning + days * dayMs));
    },
    async end() {
      await Promise.all([closed(provider), closed(notifications)]);
      await database.drop();
    },
  };
}

/** Reads as our endpoint does; a refusal is remembered and answered with the provider's word for "send it again". */
export async function readOrRefuse(
  raw: RawNotification,
  read: (raw: RawNotification) => Promise<ChannelNotification>,
): Promise<Received> {
  try {
    return { raw, read: await read(raw) };
  } catch (error) {
    if (error instanceof BadNotification) return { raw, refused: error };
    throw error;
  }
}

async function take(
  listeners: ReadonlyMap<string, Listener>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://notify.test");
  const listener = listeners.get(url.pathname.replace("/notify/", ""));
  const body = await readBody(request);
  if (!listener || !body) return void response.writeHead(404).end();
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === "string") headers[name] = value;
  const query = url.search.slice(1);
  try {
    const answer = await listener({ method: request.method ?? "POST", path: url.pathname, query, headers, body });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxNotificationBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
