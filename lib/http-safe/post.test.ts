import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAllowList } from "./addresses.ts";
import { type Resolver, type SafeAgents, safeAgents } from "./agents.ts";
import { maxAnswerBytes, maxRequestBytes, post } from "./post.ts";

const closers: (() => void)[] = [];
let handle: http.RequestListener;
let received: { path: string; headers: http.IncomingHttpHeaders; body: string; port: number | undefined }[];
let port: number;

beforeEach(async () => {
  received = [];
  handle = (_request, response) => response.end("thanks");
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body, port: request.socket.remotePort });
      handle(request, response);
    });
  });
  port = await listen(server);
});

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(server: net.Server, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closers.push(() => {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

const unusedResolver: Resolver = async () => {
  throw new Error("asked for a name");
};

function agentsWith(rules: { resolver?: Resolver; allow?: string; connectTimeoutMs?: number }): SafeAgents {
  const agents = safeAgents({
    resolver: rules.resolver ?? unusedResolver,
    allowed: parseAllowList(rules.allow ?? "127.0.0.1/32"),
    connectTimeoutMs: rules.connectTimeoutMs ?? 2_000,
  });
  closers.push(() => agents.destroy());
  return agents;
}

function send(url: string, agents: SafeAgents, options: { timeoutMs?: number; body?: string } = {}) {
  return post(
    new URL(url),
    { headers: { "content-type": "application/json" }, body: options.body ?? '{"a":"é"}' },
    { agents, timeoutMs: options.timeoutMs ?? 2_000 },
  );
}

const here = (path = "/hook") => `http://127.0.0.1:${port}${path}`;

describe("post", () => {
  it("sends the body as it is and returns what the receiver said", async () => {
    handle = (_request, response) => response.writeHead(202, { "retry-after": "7" }).end("later");
    const result = await send(here("/hook?shop=1"), agentsWith({}));
    expect(result).toMatchObject({ kind: "answered", status: 202, retryAfter: "7", body: "later" });
    expect(received).toMatchObject([
      {
        path: "/hook?shop=1",
        body: '{"a":"é"}',
        headers: { "content-type": "application/json", "content-length": "10" },
      },
    ]);
  });

  it("uses a connection again", async () => {
    const agents = agentsWith({});
    await send(here(), agents);
    await send(here(), agents);
    expect(new Set(received.map((request) => request.port)).size).toBe(1);
  });

  it("tries once more when the receiver has closed the idle connection", async () => {
    const agents = agentsWith({});
    handle = (request, response) => {
      if (received.length === 2) request.socket.resetAndDestroy();
      else response.end("thanks");
    };
    await send(here(), agents);
    expect(await send(here(), agents)).toMatchObject({ kind: "answered", status: 200 });
    expect(received).toHaveLength(3);
  });

  it("does not repeat what broke on a fresh connection", async () => {
    handle = (request) => request.socket.resetAndDestroy();
    expect(await send(here(), agentsWith({}))).toMatchObject({ kind: "failed", error: "connection_failed" });
    expect(received).toHaveLength(1);
  });

  it("follows no redirect", async () => {
    handle = (_request, response) => response.writeHead(302, { location: here("/elsewhere") }).end();
    expect(await send(here(), agentsWith({}))).toMatchObject({ kind: "answered", status: 302 });
    expect(received.map((request) => request.path)).toEqual(["/hook"]);
  });

  it("reads no more of an answer than its limit, and lets the connection go", async () => {
    const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
    handle = (request, response) => {
      request.socket.once("close", () => onClosed());
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.writeHead(200).on("drain", pour);
      pour();
    };
    const result = await send(here(), agentsWith({}));
    expect(result).toMatchObject({ kind: "answered", status: 200, body: "x".repeat(maxAnswerBytes) });
    await closed;
  });

  it("believes the status of an answer whose body never ends", async () => {
    handle = (_request, response) => void response.writeHead(200).write("and then");
    expect(await send(here(), agentsWith({}), { timeoutMs: 100 })).toMatchObject({ status: 200, body: "and then" });
  });

  it("gives up when no answer comes in time", async () => {
    handle = () => {};
    expect(await send(here(), agentsWith({}), { timeoutMs: 100 })).toMatchObject({ kind: "failed", error: "timeout" });
  });

  it("gives up when the answer is not HTTP", async () => {
    const strange = await listen(
      net.createServer((socket) => socket.once("data", () => socket.end("SSH-2.0-hello\r\n"))),
    );
    expect(await send(`http://127.0.0.1:${strange}/`, agentsWith({}))).toMatchObject({ error: "invalid_response" });
  });

  it("gives up on TLS with a server that does not speak it, within the time to connect", async () => {
    const mute = await listen(net.createServer((socket) => socket.on("error", () => {}).resume()));
    const agents = agentsWith({ connectTimeoutMs: 100 });
    expect(await send(`https://127.0.0.1:${mute}/`, agents)).toMatchObject({ error: "connect_timeout" });
    const plain = here().replace("http:", "https:");
    expect(await send(plain, agentsWith({}))).toMatchObject({ error: "tls_failed" });
  });

  it("names a closed port and a name that does not resolve", async () => {
    const server = net.createServer();
    const closedPort = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await send(`http://127.0.0.1:${closedPort}/`, agentsWith({}))).toMatchObject({ error: "connection_failed" });
    const missing = agentsWith({ resolver: async () => Promise.reject(new Error("ENOTFOUND")) });
    expect(await send("http://nowhere.example/", missing)).toMatchObject({ error: "dns_failed" });
    const empty = agentsWith({ resolver: async () => [] });
    expect(await send("http://nothing.example/", empty)).toMatchObject({ error: "dns_failed" });
    const silent = agentsWith({ resolver: () => new Promise(() => {}), connectTimeoutMs: 50 });
    expect(await send("http://silent.example/", silent)).toMatchObject({ error: "connect_timeout" });
  });

  it("sends nothing that is larger than its limit", async () => {
    const result = await send(here(), agentsWith({}), { body: "x".repeat(maxRequestBytes + 1) });
    expect(result).toMatchObject({ kind: "failed", error: "request_too_large" });
    expect(received).toHaveLength(0);
  });
});

describe("post to an address that is not public", () => {
  it("refuses a literal address, in every spelling", async () => {
    const agents = agentsWith({ allow: "" });
    for (const host of [
      "127.0.0.1",
      "0x7f.1",
      "2130706433",
      "[::ffff:127.0.0.1]",
      "[::1]",
      "0.0.0.0",
      "169.254.169.254",
    ]) {
      expect(await send(`http://${host}:${port}/`, agents), host).toMatchObject({ error: "address_refused" });
    }
    expect(received).toHaveLength(0);
  });

  it("refuses a name that leads to one, also over https", async () => {
    const agents = agentsWith({ allow: "", resolver: async () => [{ address: "127.0.0.1", family: 4 }] });
    expect(await send(`http://shop.example:${port}/`, agents)).toMatchObject({ error: "address_refused" });
    expect(await send(`https://shop.example:${port}/`, agents)).toMatchObject({ error: "address_refused" });
    expect(received).toHaveLength(0);
  });

  it("refuses a name that was public when first asked and is private when connected to", async () => {
    const answers = ["127.0.0.1", "127.0.0.9"];
    const asked: string[] = [];
    const resolver: Resolver = async (name) => {
      asked.push(name);
      return [{ address: answers[asked.length - 1] ?? "", family: 4 }];
    };
    const agents = agentsWith({ resolver, allow: "127.0.0.1/32" });
    handle = (_request, response) => response.writeHead(200, { connection: "close" }).end();
    expect(await send(`http://shop.example:${port}/`, agents)).toMatchObject({ status: 200 });
    expect(await send(`http://shop.example:${port}/`, agents)).toMatchObject({ error: "address_refused" });
    expect(asked).toHaveLength(2);
    expect(received).toHaveLength(1);
  });

  it("connects to the allowed one when a name leads to both", async () => {
    const resolver: Resolver = async () => [
      { address: "10.0.0.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    expect(await send(`http://shop.example:${port}/`, agentsWith({ resolver }))).toMatchObject({ status: 200 });
    expect(received[0]?.headers.host).toBe(`shop.example:${port}`);
  });
});

describe("post over https", () => {
  const fixture = (name: string) =>
    readFileSync(new URL(`./fixtures/shop.example.${name}.pem`, import.meta.url), "utf8");
  const resolver: Resolver = async () => [{ address: "127.0.0.1", family: 4 }];
  let securePort: number;

  beforeEach(async () => {
    const server = https.createServer({ key: fixture("key"), cert: fixture("cert") }, (request, response) => {
      received.push({ path: request.url ?? "", headers: request.headers, body: "", port: request.socket.remotePort });
      response.end("thanks");
    });
    securePort = await listen(server);
    closers.push(() => server.closeAllConnections());
  });

  it("refuses a certificate that nobody vouches for", async () => {
    const result = await send(`https://shop.example:${securePort}/`, agentsWith({ resolver }));
    expect(result).toMatchObject({ kind: "failed", error: "tls_failed" });
    expect(received).toHaveLength(0);
  });

  it("delivers to the name in a trusted certificate and to no other name, and uses the connection again", async () => {
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, fixture("cert")]);
    closers.push(() => setDefaultCACertificates(before));
    const agents = agentsWith({ resolver });
    expect(await send(`https://shop.example:${securePort}/`, agents)).toMatchObject({ status: 200, body: "thanks" });
    expect(await send(`https://shop.example:${securePort}/`, agents)).toMatchObject({ status: 200 });
    expect(new Set(received.map((request) => request.port)).size).toBe(1);
    expect(await send(`https://other.example:${securePort}/`, agents)).toMatchObject({ error: "tls_failed" });
    expect(received).toHaveLength(2);
  });
});
