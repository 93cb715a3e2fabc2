import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { connect } from "#db/client";
import { startEmbedded } from "#db/embedded";
import { migrate } from "#db/migrate";
import { type Context, openContext } from "#db/tenancy";
import type { ExportFormat } from "#lib/exports/file-format";
import { readExportFile } from "#lib/exports/read-file";
import { requestExport } from "#lib/exports/request-export";
import { writeExport } from "#lib/exports/run-export";
import { createExportSchema } from "#lib/exports/schemas";
import { getExport } from "#lib/exports/store";
import { newMerchantId, randomToken } from "#lib/kernel/ids";
import { describeMachine } from "./machine.ts";
import { storeOrders } from "./stored-orders.ts";

export interface ExportBenchReport {
  readonly format: ExportFormat;
  readonly rows: number;
  readonly writeSeconds: number;
  readonly rowsPerSecond: number;
  readonly readSeconds: number;
  readonly fileBytes: number;
  /** What its parts take in the database, compressed. */
  readonly storedBytes: number;
  /** Largest resident size of this process, which held nothing but the job and the download, and its size before. */
  readonly peakRssMb: number;
  readonly rssBeforeMb: number;
}

/** Writes all orders of a merchant to a file with the real job, then reads the file as a download does. */
export async function benchExport(ctx: Context, format: ExportFormat): Promise<Omit<ExportBenchReport, "storedBytes">> {
  globalThis.gc?.();
  const memory = watchMemory();
  const startedAt = performance.now();
  const { id } = await requestExport(ctx, createExportSchema.parse({ object: "orders", format }));
  const payload = { exportId: id, merchantId: ctx.merchantId, livemode: ctx.livemode, requestId: "bench" };
  let row = await ctx.transaction((tx) => getExport(tx, id));
  while (row.status === "pending" || row.status === "processing") {
    await writeExport.run(payload);
    row = await ctx.transaction((tx) => getExport(tx, id));
  }
  if (row.status !== "succeeded") throw new Error(`the export is ${row.status}`);
  const writtenAt = performance.now();
  let fileBytes = 0;
  for await (const chunk of (await readExportFile(ctx, id)).content) fileBytes += chunk.length;
  const readAt = performance.now();
  const seconds = (writtenAt - startedAt) / 1000;
  return {
    format,
    rows: row.rowsDone,
    writeSeconds: round(seconds),
    rowsPerSecond: Math.round(row.rowsDone / seconds),
    readSeconds: round((readAt - writtenAt) / 1000),
    fileBytes,
    ...memory.stop(),
  };
}

const sampleMs = 20;
const megabyte = 1024 ** 2;

function watchMemory() {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, sampleMs);
  return {
    stop() {
      clearInterval(timer);
      return { peakRssMb: Math.round(peak / megabyte), rssBeforeMb: Math.round(before / megabyte) };
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `node bench/exports.ts [rows]`: on a durable database of its own in a temporary folder; a million rows when not told. */
async function main(): Promise<void> {
  const rows = Number(process.argv[2] ?? 1_000_000);
  const folder = await mkdtemp(join(tmpdir(), "gpl-bench-exports-"));
  const server = await startEmbedded({ dataDir: join(folder, "postgres"), profile: "durable" });
  try {
    const ownerUrl = await server.database("exports_bench");
    const password = randomToken(32);
    await migrate(ownerUrl, { appPassword: password, operatorPassword: password, simulatorPassword: password });
    const appUrl = new URL(ownerUrl);
    appUrl.username = "gpl_app";
    appUrl.password = password;
    // The job opens contexts of its own, on the process's pool.
    Object.assign(process.env, { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl.href });
    const owner = connect(ownerUrl, { max: 2, applicationName: "exports-bench-owner", timeoutMs: 0 });
    const merchantId = newMerchantId();
    await owner.client`
      insert into merchants (merchant_id, name, country, time_zone, branding, settings)
      values (${merchantId}, 'Exports bench', 'CN', 'Asia/Shanghai', '{}', '{}')`;
    const actor = { type: "system", id: "bench" } as const;
    const ctx = openContext({ merchantId, livemode: false, actor, requestId: "bench", locale: "zh-CN" });
    await storeOrders(owner.client, [ctx], rows);
    const reports: ExportBenchReport[] = [];
    for (const format of ["csv", "xlsx"] as const) {
      const report = await benchExport(ctx, format);
      const [stored] = await owner.client<{ bytes: string }[]>`
        select sum(octet_length(content)) as bytes from export_parts p join exports e using (merchant_id)
        where e.id = p.export_id and e.format = ${format}`;
      reports.push({ ...report, storedBytes: Number(stored?.bytes) });
    }
    console.log(JSON.stringify({ machine: describeMachine(), reports }, null, 2));
    await owner.client.end();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main();
  process.exit();
}
