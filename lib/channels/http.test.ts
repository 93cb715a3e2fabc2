import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, expect, it } from "vitest";
import { callHttp, type HttpRequest, maxAnswerBytes } from "./http.ts";

const open: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function get(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, headers: {}, timeoutMs: 2000, requestId: "req_test", ...more };
}

it("keeps the answer's bytes as they came, also those that are no UTF-8", async () => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x0d, 0x0a]);
  const url = await serve((_, response) => response.writeHead(418, { "x-one": "1" }).end(bytes));
  const outcome = await callHttp(get(url));
  expect(outcome).toMatchObject({ kind: "answer", status: 418, body: bytes });
  expect(outcome.kind === "answer" && outcome.headers.get("x-one")).toBe("1");
});

it("does not follow a redirect", async () => {
  const visited: string[] = [];
  const url = await serve((request, response) => {
    visited.push(request.url ?? "");
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect(await callHttp(get(`${url}/start`))).toMatchObject({ kind: "answer", status: 302 });
  expect(visited).toEqual(["/start"]);
});

it("counts an answer that never comes as lost", async () => {
  const url = await serve(() => undefined);
  expect(await callHttp(get(url, { timeoutMs: 50 }))).toMatchObject({
    kind: "lost",
    cause: expect.stringContaining("Timeout"),
  });
});

it("applies the timeout to the body too", async () => {
  const url = await serve((_, response) => response.write("half"));
  expect(await callHttp(get(url, { timeoutMs: 50 }))).toMatchObject({ kind: "lost" });
});

it("counts a connection that breaks after the request as lost", async () => {
  const url = await serve((request) => request.socket.destroy());
  expect(await callHttp(get(url, { method: "POST", body: "{}" }))).toMatchObject({ kind: "lost" });
});

it("counts a refused connection as not sent", async () => {
  const probe = createTcpServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  expect(await callHttp(get(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: "not_sent" });
});

it("counts a host without an address as not sent", async () => {
  expect(await callHttp(get("http://no-such-host.invalid/"))).toMatchObject({ kind: "not_sent" });
});

it("counts an address that is no URL as not sent", async () => {
  expect(await callHttp(get("not a url"))).toMatchObject({ kind: "not_sent" });
});

it("gives up on an answer larger than the bound, and takes one of exactly the bound", async () => {
  const url = await serve((request, response) => response.end(Buffer.alloc(Number(request.url?.slice(1)))));
  expect(await callHttp(get(`${url}/${maxAnswerBytes + 1}`))).toMatchObject({ kind: "lost" });
  const outcome = await callHttp(get(`${url}/${maxAnswerBytes}`));
  expect(outcome.kind === "answer" && outcome.body.length).toBe(maxAnswerBytes);
  expect(await callHttp(get(`${url}/11`, { maxBytes: 10 }))).toMatchObject({ kind: "lost" });
});

it("reuses connections", async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end("ok");
  });
  for (let call = 0; call < 20; call++) await callHttp(get(url));
  // The first connection may still be winding up its answer when the second call starts.
  expect(ports.size).toBeLessThanOrEqual(2);
});

it("refuses a call without a sensible timeout", async () => {
  for (const timeoutMs of [0, -1, Number.NaN, 300_001]) {
    await expect(callHttp(get("http://127.0.0.1/", { timeoutMs }))).rejects.toThrow(RangeError);
  }
});
