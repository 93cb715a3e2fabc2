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
  const worker = await startWorker();
  log.info({ pid: process.pid }, "worker started");
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await worker.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
});
