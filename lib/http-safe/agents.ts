import { lookup as systemLookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import type { Duplex } from "node:stream";
import { type AllowList, isAllowedAddress } from "./addresses.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Turns a host name into addresses. Replaced in tests, so that they own the answers. */
export type Resolver = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export interface ConnectRules {
  readonly resolver: Resolver;
  readonly allowed: AllowList;
  /** Name look-up, TCP and TLS together. */
  readonly connectTimeoutMs: number;
}

export interface SafeAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
  destroy(): void;
}

/** The connection was not made, and why; `code` is one of our words for the log of deliveries. */
export class ConnectRefused extends Error {
  readonly code: "address_refused" | "dns_failed" | "connect_timeout";

  constructor(code: ConnectRefused["code"], cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The operating system's resolver, with every address it knows. */
export const systemResolver: Resolver = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

const pooling = {
  keepAlive: true,
  scheduling: "lifo",
  maxFreeSockets: 512,
  maxSockets: Number.POSITIVE_INFINITY,
} as const;

/**
 * Agents that connect to allowed addresses only. The check is on the address connected to, not on the name: a name that
 * answered with a public address a moment ago may answer with a private one now.
 */
export function safeAgents(rules: ConnectRules): SafeAgents {
  const plain = new SafeHttpAgent(rules);
  const secure = new SafeHttpsAgent(rules);
  return {
    http: plain,
    https: secure,
    destroy() {
      plain.destroy();
      secure.destroy();
    },
  };
}

type ConnectOptions = http.ClientRequestArgs & { socket?: net.Socket };
type OnConnected = (error: Error | null, stream: Duplex) => void;

class SafeHttpAgent extends http.Agent {
  readonly #rules: ConnectRules;

  constructor(rules: ConnectRules) {
    super(pooling);
    this.#rules = rules;
  }

  override createConnection(options: ConnectOptions, onConnected?: OnConnected): undefined {
    connect(options, this.#rules).then(
      (socket) => onConnected?.(null, socket),
      (error: Error) => onConnected?.(error, undefined as unknown as Duplex),
    );
  }
}

class SafeHttpsAgent extends https.Agent {
  readonly #rules: ConnectRules;

  constructor(rules: ConnectRules) {
    super(pooling);
    this.#rules = rules;
  }

  override createConnection(options: ConnectOptions, onConnected?: OnConnected): undefined {
    const startedAt = performance.now();
    connect(options, this.#rules)
      .then((socket) => {
        const secured = super.createConnection({ ...options, socket } as ConnectOptions) as net.Socket;
        const rest = this.#rules.connectTimeoutMs - (performance.now() - startedAt);
        return settled(secured, "secureConnect", rest);
      })
      .then(
        (socket) => onConnected?.(null, socket),
        (error: Error) => onConnected?.(error, undefined as unknown as Duplex),
      );
  }
}

async function connect(options: ConnectOptions, rules: ConnectRules): Promise<net.Socket> {
  const startedAt = performance.now();
  const host = (options.host ?? options.hostname ?? "").replace(/^\[|\]$/g, "");
  const addresses = await allowedAddresses(host, rules);
  const socket = net.connect({
    host,
    port: Number(options.port),
    noDelay: true,
    autoSelectFamily: addresses.length > 1,
    // Never the system's own look-up: the addresses that were checked are the ones connected to.
    lookup: (_host, how, done) => {
      const [first] = addresses;
      if (how.all) done(null, [...addresses]);
      else if (first) done(null, first.address, first.family);
    },
  });
  await settled(socket, "connect", rules.connectTimeoutMs - (performance.now() - startedAt));
  // What the kernel says it is connected to has the last word; nothing has been sent yet.
  if (!socket.remoteAddress || !isAllowedAddress(socket.remoteAddress, rules.allowed)) {
    socket.destroy();
    throw new ConnectRefused("address_refused");
  }
  return socket;
}

async function allowedAddresses(host: string, rules: ConnectRules): Promise<readonly ResolvedAddress[]> {
  const literal = net.isIP(host);
  const known = literal ? [{ address: host, family: literal }] : await resolve(host, rules);
  const addresses = known.filter(({ address }) => isAllowedAddress(address, rules.allowed));
  if (addresses.length === 0) throw new ConnectRefused("address_refused");
  return addresses;
}

async function resolve(host: string, rules: ConnectRules): Promise<readonly ResolvedAddress[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ConnectRefused("connect_timeout")), rules.connectTimeoutMs);
  try {
    const addresses = await Promise.race([rules.resolver(host), late]);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    if (error instanceof ConnectRefused) throw error;
    throw new ConnectRefused("dns_failed", error);
  } finally {
    clearTimeout(timer);
  }
  throw new ConnectRefused("dns_failed");
}

/** The socket once it has said `event`; destroyed when it fails or takes longer. */
function settled<S extends net.Socket>(socket: S, event: "connect" | "secureConnect", timeoutMs: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      clearTimeout(timer);
      socket.off(event, onReady).off("error", finish);
      if (!error) return resolve(socket);
      socket.on("error", () => {}); // A second error of a socket that is being given up has no other listener.
      socket.destroy();
      reject(error);
    };
    const onReady = () => finish();
    const timer = setTimeout(() => finish(new ConnectRefused("connect_timeout")), Math.max(0, timeoutMs));
    socket.once(event, onReady).once("error", finish);
  });
}
