import { defineJob } from "#lib/jobs/job";
import { foldCheckpoints } from "./checkpoint.ts";
import { sealTransfers } from "./seal.ts";

/** Keeps balance reads short; due every few seconds for a book that is being posted to. */
export const foldCheckpointsJob = defineJob<Record<never, string>>("fold_checkpoints", async (ctx) => {
  await foldCheckpoints(ctx);
});

/** Makes the past of a book tamper-evident; due every minute or so. */
export const sealTransfersJob = defineJob<Record<never, string>>("seal_transfers", async (ctx) => {
  await sealTransfers(ctx);
});
