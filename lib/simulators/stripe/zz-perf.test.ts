import { Session } from "node:inspector/promises";
import { it, expect } from "vitest";
import { stripeBench } from "./testing.ts";
it("perf", async () => {
  const bench = await stripeBench();
  const a = await bench.account();
  const app = bench.simulator.app;
  let n = 0;
  const one = async () => {
    const k = `k${n++}`;
    const t = await (await app.request("/v1/payment_methods", { method: "POST", headers: { authorization: `Bearer ${a.credentials.publishable_key}`, "content-type": "application/x-www-form-urlencoded" }, body: "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2030&card[cvc]=123" })).json() as { id: string };
    const r = await app.request("/v1/payment_intents", { method: "POST", headers: { authorization: `Bearer ${a.credentials.secret_key}`, "idempotency-key": k, "content-type": "application/x-www-form-urlencoded" }, body: `amount=2000&currency=usd&confirm=true&payment_method=${t.id}&metadata[reference]=${k}&expand[0]=latest_charge` });
    if (r.status !== 200) throw new Error(await r.text());
    await r.text();
  };
  await Promise.all(Array.from({ length: 200 }, one));
  const session = new Session(); session.connect(); await session.post("Profiler.enable"); await session.post("Profiler.start");
  const N = 1600; const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: 16 }, async () => { for (let i = 0; i < N / 16; i++) await one(); }));
  const c = process.cpuUsage(cpu);
  const { profile } = await session.post("Profiler.stop");
  console.log("node cpu ms each", (c.user + c.system) / 1000 / N);
  const self = new Map<string, number>(); const byId = new Map(profile.nodes.map((x) => [x.id, x]));
  const dt = profile.timeDeltas ?? [];
  (profile.samples ?? []).forEach((id, i) => { const f = byId.get(id)!.callFrame; const key = `${f.functionName || "(anon)"} ${f.url.split("/").slice(-3).join("/")}:${f.lineNumber}`; self.set(key, (self.get(key) ?? 0) + (dt[i] ?? 0) / 1000 / N); });
  for (const [k, v] of [...self].sort((x, y) => y[1] - x[1]).slice(0, 45)) console.log(v.toFixed(3), k);
  await bench.close(); expect(1).toBe(1);
}, 120000);
