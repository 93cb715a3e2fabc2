import http from "node:http";
import type { AddressInfo } from "node:net";

// A merchant's server in a process of its own. `GET /report` tells how many webhooks came and how many different ones.
const counts = new Map<string, number>();
let received = 0;

const server = http.createServer((request, response) => {
  if (request.method === "GET") {
    response.end(JSON.stringify({ received, distinct: counts.size }));
    return;
  }
  request.resume().on("end", () => {
    const key = `${request.url} ${request.headers["webhook-id"]}`;
    received += 1;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    response.writeHead(204).end();
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
