import http from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly raw: string;
  readonly body: {
    readonly id: string;
    readonly type: string;
    readonly livemode: boolean;
    readonly sequence: number;
    readonly created_at: string;
    readonly data: { readonly object: Record<string, unknown> };
  };
}

export type Reply = (webhook: ReceivedWebhook, response: http.ServerResponse) => void;

export interface Receiver {
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** How the next requests are answered; 204 at first. */
  reply: Reply;
  close(): Promise<void>;
}

/** A merchant's server on this machine, which keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const receiver = {
    url: "",
    received,
    reply: ((_webhook, response) => response.writeHead(204).end()) as Reply,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const webhook = { path: request.url ?? "", headers: request.headers, raw, body: JSON.parse(raw) };
      received.push(webhook);
      receiver.reply(webhook, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return receiver;
}
