import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
const mode = process.argv[2];
const app = new Hono().post("/", async (c) => {
  if (mode === "close") c.header("connection", "close");
  if (mode === "cancel") await c.req.raw.body?.cancel();
  if (mode === "drain") for await (const _ of c.req.raw.body ?? []) void _;
  return c.text("too large", 413);
}).get("/", (c) => c.text("ok"));
const server = createServer(getRequestListener(app.fetch));
server.listen(0, async () => {
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/`;
  for (const size of [300_000, 5_000_000]) {
    const out: Record<string, number> = {};
    for (let i = 0; i < 40; i++) {
      const r = await fetch(url, { method: "POST", body: "x".repeat(size) }).then(async (a) => { await a.text(); return String(a.status); }, (e) => e.cause?.code ?? String(e));
      out[r] = (out[r] ?? 0) + 1;
      for (let k = 0; k < 3; k++) {
        const g = await fetch(url).then(async (a) => { await a.text(); return `get ${a.status}`; }, (e) => `get ${e.cause?.code}`);
        out[g] = (out[g] ?? 0) + 1;
        await new Promise((r2) => setTimeout(r2, 20));
      }
    }
    console.log(mode, size, out);
  }
  process.exit(0);
});
