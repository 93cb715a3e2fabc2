import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { createApi } from "#lib/api/app";

export interface ReceivedNotification {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

/** A port that answers 503 until the apps are made: they have to know its number first. */
export async function openWire() {
  let answer = async (_request: Request, _bindings: HttpBindings): Promise<Response> =>
    new Response(null, { status: 503 });
  const server = createServer(getRequestListener((request, bindings) => answer(request, bindings as HttpBindings)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const lost: RegExp[] = [];
  let isHeld = false;
  const notifications: ReceivedNotification[] = [];
  const noted = async (request: Request, fetch: (request: Request) => Response | Promise<Response>) => {
    const path = new URL(request.url).pathname;
    const headers = Object.fromEntries(request.headers);
    // A body of unknown or great length is the product's to refuse: a copy would be read to its end.
    const isSmall = Number(headers["content-length"] ?? Number.POSITIVE_INFINITY) < 100_000;
    const body = isSmall ? await request.clone().text() : "";
    const answer = isHeld ? new Response(null, { status: 503 }) : await fetch(request);
    notifications.push({ path, headers, body, status: answer.status, answer: await answer.clone().text() });
    return answer;
  };
  return {
    port,
    server,
    notifications,
    loseAnswer: (call: RegExp) => void lost.push(call),
    holdNotifications(held: boolean) {
      isHeld = held;
    },
    mount(providers: Hono, api: ReturnType<typeof createApi>) {
      answer = async (request, bindings) => {
        const { pathname } = new URL(request.url);
        if (pathname.startsWith("/notify/")) return noted(request, (sent) => api.fetch(sent, bindings as never));
        if (!pathname.startsWith("/sim/")) return api.fetch(request, bindings as never);
        const given = await providers.fetch(request, bindings);
        const index = lost.findIndex((call) => call.test(`${request.method} ${pathname}`));
        if (index < 0) return given;
        lost.splice(index, 1);
        bindings.outgoing.destroy();
        return given;
      };
    },
  };
}

/** Posts 320 KiB and goes on as if more were to come: who answers has not waited for the end. */
export function sendWithoutEnd(address: string, headers: Record<string, string> = {}): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    // A connection of its own: nobody else may be sent over one whose request never ends.
    const sent = request(address, { method: "POST", headers, agent: false });
    sent.once("error", reject);
    sent.once("response", (answer) => {
      resolve({ status: answer.statusCode ?? 0 });
      sent.destroy();
    });
    for (let chunk = 0; chunk < 5; chunk++) sent.write(Buffer.alloc(65_536, " "));
  });
}
