import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exportFormats } from "#db/schema/exports";
import type { Context } from "#db/tenancy";
import type { ExportFormat } from "#lib/exports/file-format";
import { readExportFile } from "#lib/exports/read-file";
import { requestExport } from "#lib/exports/request-export";
import { writeExport } from "#lib/exports/run-export";
import { createExportSchema } from "#lib/exports/schemas";
import { getExport } from "#lib/exports/store";
import { merchantOf, openDesk } from "./desk-data.ts";
import { describeMachine } from "./machine.ts";
import { writeResult } from "./results.ts";

export interface ExportBenchReport {
  readonly id: string;
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
    id,
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

const mostMb = 512;

/**
 * `node bench/exports.ts [--stored 1000000] [--data FOLDER] [--dry]`: all orders of one merchant, in both formats, by the real
 * job in this process; the database is that of bench/lists.ts.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stored: { type: "string", default: "1000000" },
      data: { type: "string" },
      dry: { type: "boolean", default: false },
    },
  });
  const stored = Number(values.stored);
  const world = await openDesk(stored, values.data ?? (await mkdtemp(join(tmpdir(), "gpl-bench-exports-"))));
  try {
    const machine = describeMachine();
    const ctx = world.contextOf(merchantOf(world).merchantId);
    const reports: ExportBenchReport[] = [];
    for (const format of exportFormats) {
      const report = await benchExport(ctx, format);
      const [kept] = await world.owner<{ bytes: string }[]>`
        select sum(octet_length(content)) as bytes from export_parts where export_id = ${report.id}`;
      reports.push({ ...report, storedBytes: Number(kept?.bytes) });
    }
    console.log(JSON.stringify(reports, null, 2));
    if (values.dry) return;
    await writeResult({
      scenario: "exports",
      date: new Date().toISOString(),
      command: `node bench/exports.ts --stored ${stored}`,
      stored,
      machine: { ...machine, postgres: world.postgresVersion },
      findings: reports.map((report) => ({
        what: `export of ${report.rows.toLocaleString("en")} orders to ${report.format}`,
        target: `≤ ${mostMb} MB of memory`,
        measured: `${report.peakRssMb} MB at most (${report.rssBeforeMb} before), ${report.rowsPerSecond} rows/s, ${Math.round(report.fileBytes / megabyte)} MB file`,
        met: report.peakRssMb <= mostMb,
      })),
      check: undefined,
      steps: [],
      extra: { reports },
    });
  } finally {
    await world.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main();
  process.exit();
}
