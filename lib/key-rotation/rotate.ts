import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { SetupError } from "#db/setup-error";
import { type KeyRing, parseKeyRing } from "#lib/kernel/crypto";
import { lookEveryMs } from "#lib/kernel/key-ring";
import { noteMilestone } from "#lib/self-check/milestones";
import { addKey } from "./add-key.ts";
import { countByKey, type ResealOptions, resealAll } from "./reseal.ts";

/** Any number that no other user of advisory locks in our databases takes. */
const rotationLock = 7_041_002;

export interface Rotation {
  readonly current: string;
  /** Whether this run made it; a run that goes on with one that was cut short makes none. */
  readonly isNew: boolean;
  readonly resealed: number;
  readonly closed: readonly string[];
  /** Keys of the ring under which nothing is sealed any more. */
  readonly unused: readonly string[];
}

export interface RotateOptions extends ResealOptions {
  readonly settingsFile: string;
  /** The keys as this process was given them. */
  readonly keys: string;
  readonly readKeys: () => KeyRing;
}

/**
 * Adds a key and seals everything anew under it, or goes on where an earlier run was cut short. The product may go on
 * working: its processes on this machine notice the new key by themselves.
 *
 * @throws SetupError when another rotation is under way, or the keys are not in the settings file
 */
export async function rotateKeys(ownerUrl: string, options: RotateOptions): Promise<Rotation> {
  const owner = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "globalpaylink-keys", statement_timeout: 60_000 },
  });
  try {
    const [lock] = await owner`select pg_try_advisory_lock(${rotationLock}) as taken`;
    if (!lock?.taken) throw new SetupError("Another rotation of the keys is under way. Wait for its end.");
    const counts = await countByKey(owner);
    const before = parseKeyRing(options.keys);
    const isUnfinished = [...counts.keys()].some((name) => name !== before.current);
    if (!isUnfinished) {
      await addKey(options.settingsFile, options.keys);
      // Until every process has seen it, some still seal under the old one; what they do later is caught by the next pass.
      await delay(2 * lookEveryMs);
    }
    const ring = options.readKeys();
    const first = await resealAll(owner, ring, options);
    const last = await resealAll(owner, ring, options);
    const left = await countByKey(owner);
    await noteMilestone(owner, "key_rotation");
    return {
      current: ring.current,
      isNew: !isUnfinished,
      resealed: first.resealed + last.resealed,
      closed: last.closed,
      unused: [...before.keys.keys()].filter((name) => name !== ring.current && !left.has(name)),
    };
  } finally {
    await owner.end({ timeout: 5 });
  }
}
