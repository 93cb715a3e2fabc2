import "#scripts/load-environment";
import { SetupError } from "#db/setup-error";
import { startWorker } from "#lib/jobs/worker";
import { log } from "#lib/kernel/log";
import { endInSentence } from "#scripts/say";

/** The job worker as a process of its own; run as many as wanted, with WORKER=separate on the web processes. */
await endInSentence(async () => {
  if (!process.env.DATABASE_URL) {
    throw new SetupError("DATABASE_URL is not set. Name the database of the web processes in .env.local.");
  }
  const endTracing = process.env.OTEL_EXPORTER_OTLP_ENDPOINT
    ? (await import("#lib/tracing/start-tracing")).startTracing("worker")
    : undefined;
  const worker = await startWorker();
  log.info({ pid: process.pid }, "worker started");
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await worker.stop();
    await endTracing?.();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Whoever started it as a child is gone.
  process.on("disconnect", stop);
});
