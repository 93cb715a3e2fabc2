import type { AlertMetric } from "#db/schema/alerting";

export interface MetricKind {
  readonly unit: "share" | "ms" | "seconds" | "count" | "days";
  /** On which side of the threshold it is bad. */
  readonly isBad: "below" | "above";
  /** Whether there is one value for each channel account. */
  readonly perAccount: boolean;
  /** How often it is looked at. */
  readonly everyMinutes: number;
}

/** The table of what can be watched. Texts: `console.alerts.metrics.<metric>`. */
export const metricKinds: Record<AlertMetric, MetricKind> = {
  success_rate: { unit: "share", isBad: "below", perAccount: true, everyMinutes: 1 },
  latency_p95: { unit: "ms", isBad: "above", perAccount: true, everyMinutes: 1 },
  webhook_delay: { unit: "seconds", isBad: "above", perAccount: false, everyMinutes: 1 },
  jobs_failed: { unit: "count", isBad: "above", perAccount: false, everyMinutes: 1 },
  ledger_check: { unit: "count", isBad: "above", perAccount: false, everyMinutes: 1 },
  certificate_days: { unit: "days", isBad: "below", perAccount: true, everyMinutes: 60 },
  disk_free: { unit: "share", isBad: "below", perAccount: false, everyMinutes: 5 },
  page_changes: { unit: "count", isBad: "above", perAccount: false, everyMinutes: 1 },
};

export function isBeyond(metric: AlertMetric, value: number, threshold: number): boolean {
  return metricKinds[metric].isBad === "below" ? value < threshold : value > threshold;
}

/** The value further on the bad side. */
export function worseOf(metric: AlertMetric, a: number, b: number): number {
  return metricKinds[metric].isBad === "below" ? Math.min(a, b) : Math.max(a, b);
}

/** What a new installation watches until somebody changes it. Nobody is told before a receiver is chosen. */
export const firstRules: readonly {
  metric: AlertMetric;
  threshold: number;
  windowMinutes: number;
  minSample: number;
}[] = [
  { metric: "success_rate", threshold: 0.6, windowMinutes: 15, minSample: 20 },
  { metric: "latency_p95", threshold: 3_000, windowMinutes: 10, minSample: 20 },
  { metric: "webhook_delay", threshold: 600, windowMinutes: 1, minSample: 1 },
  { metric: "jobs_failed", threshold: 0, windowMinutes: 1, minSample: 1 },
  { metric: "ledger_check", threshold: 0, windowMinutes: 1, minSample: 1 },
  { metric: "certificate_days", threshold: 30, windowMinutes: 1, minSample: 1 },
  { metric: "disk_free", threshold: 0.1, windowMinutes: 1, minSample: 1 },
  { metric: "page_changes", threshold: 0, windowMinutes: 1, minSample: 1 },
];
