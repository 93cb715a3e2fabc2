import { monitorEventLoopDelay } from "node:perf_hooks";
import { processWide } from "#lib/kernel/globals";
import { type Family, label } from "./text-format.ts";

const delays = processWide("metrics-event-loop", () => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  return histogram;
});

const quantiles = [50, 99, 100];

/** Since the last time that somebody asked. */
function eventLoopDelay(): Family {
  const samples = quantiles.map((percent) => ({
    labels: label({ quantile: percent / 100 }),
    value: delays.count === 0 ? 0 : delays.percentile(percent) / 1e9,
  }));
  delays.reset();
  return {
    name: "gpl_event_loop_delay_seconds",
    type: "gauge",
    help: "How late the event loop came to its timers since the last scrape.",
    samples,
  };
}

export function processFamilies(): Family[] {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return [
    eventLoopDelay(),
    {
      name: "gpl_memory_bytes",
      type: "gauge",
      help: "Memory of this process.",
      samples: Object.entries({ rss, heapUsed, external }).map(([kind, value]) => ({ labels: label({ kind }), value })),
    },
    {
      name: "gpl_cpu_seconds_total",
      type: "counter",
      help: "Processor time of this process.",
      samples: [{ value: (user + system) / 1e6 }],
    },
    {
      name: "gpl_uptime_seconds",
      type: "gauge",
      help: "Since this process started.",
      samples: [{ value: process.uptime() }],
    },
  ];
}
