import { processWide } from "#lib/kernel/globals";
import { type Family, label } from "./text-format.ts";

/** Upper bounds in seconds; the budgets of creating and reading an order lie between them. */
const bounds = [0.005, 0.01, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 10];

interface Series {
  readonly labels: string;
  /** One a bound, each counting what is at most as long. */
  readonly buckets: number[];
  count: number;
  seconds: number;
}

const requests = processWide("metrics-requests", () => new Map<string, Series>());

/** @param route the pattern and never the address: a series a route, not one an order */
export function noteRequest(method: string, route: string, status: number, durationMs: number): void {
  const key = `${method} ${route} ${status}`;
  let series = requests.get(key);
  if (!series) {
    series = { labels: label({ method, route, status }), buckets: bounds.map(() => 0), count: 0, seconds: 0 };
    requests.set(key, series);
  }
  const seconds = durationMs / 1_000;
  series.count += 1;
  series.seconds += seconds;
  for (let at = bounds.length - 1; at >= 0 && seconds <= (bounds[at] ?? 0); at--) {
    series.buckets[at] = (series.buckets[at] ?? 0) + 1;
  }
}

export function requestFamily(): Family {
  const samples = [...requests.values()].flatMap(({ labels, buckets, count, seconds }) => [
    ...bounds.map((bound, at) => ({ suffix: "_bucket", labels: `${labels},le="${bound}"`, value: buckets[at] ?? 0 })),
    { suffix: "_bucket", labels: `${labels},le="+Inf"`, value: count },
    { suffix: "_sum", labels, value: seconds },
    { suffix: "_count", labels, value: count },
  ]);
  return {
    name: "gpl_http_request_duration_seconds",
    type: "histogram",
    help: "Requests to /v1, /notify and health, by route, from the first byte in hand to the answer.",
    samples,
  };
}
