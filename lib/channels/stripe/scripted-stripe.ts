import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChannelAccount } from "../channel.ts";
import type { StripeCredentials } from "./wire.ts";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: URLSearchParams;
  readonly idempotencyKey: string | undefined;
}

/** What the test lets Stripe do with a request: an answer, a closed connection, or silence. */
export type Reply =
  | { readonly status: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | "drop"
  | "silence";

export interface ScriptedStripe {
  readonly account: ChannelAccount<StripeCredentials>;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

let accounts = 0;

/** A server on this machine that answers as the test says: for the shapes of failure that a provider never documents. */
export async function scriptedStripe(reply: (request: SeenRequest) => Reply, path = ""): Promise<ScriptedStripe> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    seen.push(request);
    const answer = reply(request);
    if (answer === "silence") return;
    if (answer === "drop") return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    outgoing.end(JSON.stringify(answer.json));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const credentials = { secret_key: `sk_test_${++accounts}`, publishable_key: "pk_test", webhook_secret: "whsec_1" };
  return {
    account: { id: "ca_1", livemode: false, credentials, baseUrl, browserUrl: baseUrl },
    seen,
    close: () => closed(server),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "/", "http://stripe.test");
  const key = incoming.headers["idempotency-key"];
  return {
    method: incoming.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    body: new URLSearchParams(Buffer.concat(chunks).toString()),
    idempotencyKey: typeof key === "string" ? key : undefined,
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
