import "#scripts/load-environment";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { SetupError } from "#db/setup-error";
import { createApi } from "#lib/api/app";
import { writeKeyUses } from "#lib/api-keys/note-use";
import { env } from "#lib/kernel/env";
import { log } from "#lib/kernel/log";
import { projectFile, setProjectRoot } from "#lib/kernel/project-root";
import { writeRequests } from "#lib/request-log/keep-request";
import { portFrom } from "#scripts/environment";
import { endInSentence } from "#scripts/say";
import { POST as runCron } from "./app/api/cron/[job]/route.ts";

setProjectRoot(fileURLToPath(new URL(".", import.meta.url)));

const drainMs = 10_000;
const simulatorTickMs = 250;
const maxSimulatorRounds = 8;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Undoes one thing that was started; the last one started is stopped first. */
type Stop = () => Promise<void> | void;

interface Pages {
  readonly handle: Listener;
  readonly stop: Stop;
}

/** The paths that skip Next: a page handler costs more than ten times as much a request. */
const apiPath = /^\/(v1|notify|sim|healthz|readyz|metrics|api\/cron)(\/|\?|$)/;

async function startPages(server: Server, port: number): Promise<Pages> {
  const { default: next } = await import("next");
  const dev = process.env.NODE_ENV !== "production";
  const app = next({ dev, dir: projectFile(), port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { handle: (request, response) => void handle(request, response), stop: () => app.close() };
}

function listen(server: Server, port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is taken by another program" : `can't be opened (${error.code})`;
      reject(
        new SetupError(`Port ${port} ${why}. Stop that program, or choose another port: PORT=${port + 1} npm run up`),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** Stops listening, lets answers that are under way finish, and cuts off streams that would never end by themselves. */
function drain(server: Server, responses: ReadonlySet<ServerResponse>): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(giveUp);
      resolve();
    });
    server.closeIdleConnections();
    for (const response of responses) {
      // The browser's EventSource says so in its Accept header, and comes back by itself.
      if (response.req.headers.accept?.includes("text/event-stream")) response.destroy();
      // A kept-alive connection would otherwise hold the server open after its answer.
      else response.once("finish", () => response.socket?.destroySoon());
    }
  });
}

/** Next believes whoever names a client in this header; only a proxy that the operator has put before us may. */
function nameClient(request: IncomingMessage): void {
  if (process.env.TRUST_PROXY === "on" && request.headers["x-forwarded-for"]) return;
  request.headers["x-forwarded-for"] = request.socket.remoteAddress ?? "";
}

/** Serves the simulated providers on a port of their own, as the real ones have their own hosts. */
async function startSimulators(port: number): Promise<{ app: Hono; stop: Stop }> {
  const { createSimulators } = await import("#lib/simulators/all");
  const simulators = createSimulators({ url: env.simulatorDatabaseUrl, publicUrl: env.publicUrl });
  const responses = new Set<ServerResponse>();
  const server = createServer(tracking(responses, getRequestListener(simulators.app.fetch)));
  await listen(server, port, "127.0.0.1");
  // A receiver that does not answer holds its round for seconds; the next round must not wait for it.
  const running = new Set<Promise<void>>();
  const timer = setInterval(() => {
    if (running.size >= maxSimulatorRounds) return;
    const round = simulators
      .runDue()
      .then(undefined, (error) => log.error({ err: error }, "simulators failed"))
      .then(() => {
        running.delete(round);
      });
    running.add(round);
  }, simulatorTickMs);
  const stop = async () => {
    clearInterval(timer);
    await Promise.all(running);
    await drain(server, responses);
  };
  return { app: simulators.app, stop };
}

function tracking(responses: Set<ServerResponse>, listener: Listener): Listener {
  return (request, response) => {
    responses.add(response);
    response.once("close", () => responses.delete(response));
    listener(request, response);
  };
}

async function main(): Promise<void> {
  if (!process.env.DATABASE_URL) {
    throw new SetupError(
      "DATABASE_URL is not set. `npm run up` brings a database with it; or name yours in .env.local.",
    );
  }
  const port = portFrom(process.env, "PORT", 3000);
  const stops: Stop[] = [];
  // Before the API is built, which asks whether requests are to be traced.
  if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
    stops.push((await import("#lib/tracing/start-tracing")).startTracing("web"));
  }
  const api = createApi();
  const cron = new Hono().all("/api/cron/:job", (c) =>
    runCron(c.req.raw, { params: Promise.resolve({ job: c.req.param("job") }) }),
  );
  const publicSimulators = new Hono();
  if (env.simulatorsOn) {
    const simulators = await startSimulators(portFrom(process.env, "SIMULATOR_PORT", port + 10));
    publicSimulators.route("/sim", simulators.app);
    stops.push(simulators.stop);
  }
  const appFor = (path: string) => {
    if (path.startsWith("/sim/")) return publicSimulators;
    return path.startsWith("/api/cron") ? cron : api;
  };
  const apiListener = getRequestListener((request, bindings) =>
    appFor(new URL(request.url).pathname).fetch(request, bindings),
  );

  const responses = new Set<ServerResponse>();
  const isSecure = env.publicUrl.startsWith("https:");
  let pages: Pages | undefined;
  const server = createServer(
    tracking(responses, (request, response) => {
      // It would send back what a proxy has added to the request.
      if (request.method === "TRACE") response.writeHead(405).end();
      else if (!pages || apiPath.test(request.url ?? "")) apiListener(request, response);
      else {
        nameClient(request);
        // Pages say so themselves (proxy.ts); this is for their files, which come past it.
        if (isSecure) response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
        pages.handle(request, response);
      }
    }),
  );
  // Longer than a load balancer keeps an idle connection, so that it is never us who close one just as it is used.
  server.keepAliveTimeout = 75_000;
  if (process.env.API_ONLY !== "1") {
    pages = await startPages(server, port);
    stops.push(pages.stop);
  }
  await listen(server, port);
  if (process.env.WORKER !== "separate") {
    const { startWorker } = await import("#lib/jobs/worker");
    // Not with a worker elsewhere: it would learn seconds too late how far the demo's clock has come.
    const demo = env.demoDataOn ? await import("#lib/demo/run-demo").then(({ openDemo }) => openDemo()) : undefined;
    const worker = await startWorker();
    stops.push(() => worker.stop());
    const tell = (demoPercent: number) => process.connected && process.send?.({ demoPercent });
    if (demo) stops.push(demo.start(tell));
  }
  stops.push(() => Promise.all([writeRequests(), writeKeyUses()]).then(() => {}));
  stops.push(() => drain(server, responses));
  stopOnSignal(stops);
  log.info({ port, pid: process.pid }, "listening");
  process.send?.("listening");
}

function stopOnSignal(stops: readonly Stop[]): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    log.info("stopping");
    for (const each of [...stops].reverse()) {
      try {
        await each();
      } catch (error) {
        log.error({ err: error }, "did not stop cleanly");
      }
    }
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // `npm run up` was killed: nobody is left who could stop us. A detached server outlives it on purpose.
  if (process.env.UP_DETACHED !== "1") process.on("disconnect", stop);
}

await endInSentence(main);
