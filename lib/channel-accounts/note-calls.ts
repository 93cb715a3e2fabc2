import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { processWide } from "#lib/kernel/globals";
import { log } from "#lib/kernel/log";

/** Upper bounds of the buckets in milliseconds; one more bucket is for what took longer. */
export const durationBoundsMs = [50, 100, 150, 200, 300, 400, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000];

interface Bucket {
  readonly merchant_id: string;
  readonly channel_account_id: string;
  readonly minute: string;
  readonly livemode: boolean;
  answered: number;
  lost: number;
  readonly durations: number[];
}

const collected = processWide("channel-calls", () => ({
  buckets: new Map<string, Bucket>(),
  timer: undefined as NodeJS.Timeout | undefined,
}));

const flushMs = 5_000;

interface Call {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly accountId: string;
  readonly durationMs: number;
  /** Nothing came back that could be understood. */
  readonly isLost: boolean;
  readonly at: Date;
}

/** Counts a call; written with others some seconds later. What a dying process has not written is lost, and no more. */
export function noteCall({ merchantId, livemode, accountId, durationMs, isLost, at }: Call): void {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000).toISOString();
  const key = `${accountId} ${minute}`;
  let bucket = collected.buckets.get(key);
  if (!bucket) {
    const durations = Array.from({ length: durationBoundsMs.length + 1 }, () => 0);
    bucket = {
      merchant_id: merchantId,
      channel_account_id: accountId,
      minute,
      livemode,
      answered: 0,
      lost: 0,
      durations,
    };
    collected.buckets.set(key, bucket);
  }
  if (isLost) bucket.lost += 1;
  else bucket.answered += 1;
  const found = durationBoundsMs.findIndex((bound) => durationMs <= bound);
  const index = found < 0 ? durationBoundsMs.length : found;
  bucket.durations[index] = (bucket.durations[index] ?? 0) + 1;
  collected.timer ??= setTimeout(() => {
    writeCalls().catch((error: unknown) => log.warn({ err: error }, "channel calls not noted"));
  }, flushMs).unref();
}

/** Writes what was counted so far. */
export async function writeCalls(): Promise<void> {
  clearTimeout(collected.timer);
  collected.timer = undefined;
  const entries = [...collected.buckets.values()];
  collected.buckets.clear();
  if (entries.length === 0) return;
  await appDatabase().execute(sql`select internal.note_channel_calls(${JSON.stringify(entries)}::json)`);
}
