import { createServer } from "node:http";

/** The merchants' server: takes every webhook, counts it, and tells who waits for the order it speaks of. */
export interface Receiver {
  /** Resolves with the event's type when the end of this order's payment has been reported. */
  ended(orderId: string, timeoutMs: number): Promise<string>;
  /** Event ids, with how often each came. */
  readonly counts: ReadonlyMap<string, number>;
  /** When one came again, by Date.now(). */
  readonly repeatedAt: readonly number[];
  close(): Promise<void>;
}

const typePattern = /"type":"(order\.paid|attempt\.failed)"/;
const orderPattern = /"(?:order|id)":"(ord_[0-9a-z]{28})"/;

export async function startReceiver(port: number): Promise<Receiver> {
  const counts = new Map<string, number>();
  const repeatedAt: number[] = [];
  const waiting = new Map<string, (type: string) => void>();
  const early = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      response.writeHead(204).end();
      const id = String(request.headers["webhook-id"]);
      if (counts.has(id)) repeatedAt.push(Date.now());
      counts.set(id, (counts.get(id) ?? 0) + 1);
      const type = typePattern.exec(body)?.[1];
      const orderId = orderPattern.exec(body)?.[1];
      if (!type || !orderId) return;
      const tell = waiting.get(orderId);
      if (tell) tell(type);
      else early.set(orderId, type);
    });
  });
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    counts,
    repeatedAt,
    ended(orderId, timeoutMs) {
      const type = early.get(orderId);
      if (type) {
        early.delete(orderId);
        return Promise.resolve(type);
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(orderId);
          reject(new Error("no webhook"));
        }, timeoutMs);
        waiting.set(orderId, (told) => {
          clearTimeout(timer);
          waiting.delete(orderId);
          resolve(told);
        });
      });
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
