const root = process.cwd();
const { openWorld } = await import(root + "/bench/world.ts");
const { look } = await import(root + "/bench/processes.ts");
const w = await openWorld({ stored: 10000, merchants: 4, dataDir: "/tmp/bench-data" });
const { createApi } = await import(root + "/lib/api/app.ts");
const { applyOutcome } = await import(root + "/lib/attempts/apply-outcome.ts");
const { startAttempt } = await import(root + "/lib/attempts/start-attempt.ts");
const { money } = await import(root + "/lib/kernel/money.ts");
const api = createApi();
const made = [];
let n = 0; const run = Math.random().toString(36).slice(2);
const create = async () => { const m = w.merchants[n++ % 4]; const no = `micro-${run}-${n}`;
  const r = await api.request("/v1/orders", { method: "POST", headers: { authorization: `Bearer ${m.key}`, "content-type": "application/json", "idempotency-key": no }, body: JSON.stringify({ merchant_order_no: no, amount: 1000, currency: "CNY", subject: "Jasmine tea", metadata: { a: "b" } }) });
  if (r.status !== 201) throw new Error(await r.text()); const o = await r.json(); made.push({ m, id: o.id }); };
const read = async () => { const o = made[n++ % made.length]; const r = await api.request("/v1/orders/" + o.id, { headers: { authorization: `Bearer ${o.m.key}` } }); if (r.status !== 200) throw new Error(await r.text()); await r.text(); };
// the whole of our side of a payment without the provider: attempt written, answer booked, success booked
const { attempts } = await import(root + "/db/schema/orders.ts");
const { loadAccounts } = await import(root + "/lib/channel-accounts/load-account.ts");
let p = 0;
const pay = async () => { const o = made[p++]; const ctx = w.contextOf(o.m.merchantId).with({});
  const open = (await loadAccounts(ctx)).find((a) => a.channel.name === "wechatpay");
  open.channel.pay = undefined;
};
async function measure(name, f, lanes, count) {
  const cpu = process.cpuUsage(); const pg = await look(w.postgresPid, true); const t = performance.now(); let done = 0;
  await Promise.all(Array.from({length: lanes}, async () => { while (done < count) { done++; await f(); } }));
  const c = process.cpuUsage(cpu); const q = await look(w.postgresPid, true);
  console.log(`${root} ${name}: node ${((c.user+c.system)/1000/count).toFixed(3)} ms, postgres ${((q.cpuMs-pg.cpuMs)/count).toFixed(3)} ms, ${(count/(performance.now()-t)*1000).toFixed(0)}/s`);
}
for (let k = 0; k < 600; k++) await create(); for (let k = 0; k < 600; k++) await read();
for (let k = 0; k < 2; k++) { await measure("create", create, 8, 1500); await measure("read  ", read, 8, 3000); }
await w.close(); process.exit();
