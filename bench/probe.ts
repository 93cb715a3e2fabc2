import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";

// Loaded into the server's process before server.ts (--import): answers the bench's questions over IPC.

export interface ProbeAnswer {
  readonly probe: "loop" | "profiled" | "ready";
  readonly loopDelayP50Ms?: number;
  readonly loopDelayP99Ms?: number;
  readonly loopDelayMaxMs?: number;
}

const resolutionMs = 5;
const loop = monitorEventLoopDelay({ resolution: resolutionMs });
loop.enable();
let session: Session | undefined;

async function answer(question: { ask?: string; path?: string }): Promise<ProbeAnswer | undefined> {
  switch (question.ask) {
    case "reset":
      loop.reset();
      return { probe: "ready" };
    case "loop": {
      // The histogram holds whole waits between its own ticks; only what is above the tick is delay.
      const ms = (nanoseconds: number) => Math.max(0, Math.round(nanoseconds / 1e4 - resolutionMs * 100) / 100);
      return {
        probe: "loop",
        loopDelayP50Ms: ms(loop.percentile(50)),
        loopDelayP99Ms: ms(loop.percentile(99)),
        loopDelayMaxMs: ms(loop.max),
      };
    }
    case "profile":
      session = new Session();
      session.connect();
      await session.post("Profiler.enable");
      await session.post("Profiler.setSamplingInterval", { interval: 500 });
      await session.post("Profiler.start");
      return { probe: "ready" };
    case "profiled": {
      const { profile } = (await session?.post("Profiler.stop")) ?? {};
      if (question.path) await writeFile(question.path, JSON.stringify(profile));
      session?.disconnect();
      return { probe: "profiled" };
    }
    default:
      return undefined;
  }
}

process.on("message", (question: { ask?: string; path?: string }) => {
  answer(question).then((reply) => reply && process.send?.(reply));
});
// Listening for messages must not keep the process alive, nor change when it ends.
process.channel?.unref();
