import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { appDatabase } from "#db/tenancy";
import { redact } from "#lib/kernel/redact";
import { inSpan, type Span as OurSpan, type SpanInput, setTracing } from "#lib/kernel/tracing";

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} satisfies Record<SpanInput["kind"], SpanKind>;

/**
 * Sends traces by OTLP over HTTP to OTEL_EXPORTER_OTLP_ENDPOINT, in batches and off every request's way. Nobody loads
 * this file while that is unset.
 *
 * @param process `web` or `worker`; stands in the service's name
 * @returns what sends the last spans and ends it
 * @throws RangeError when OTEL_TRACES_SAMPLER_ARG is no share between 0 and 1
 */
export function startTracing(process: "web" | "worker"): () => Promise<void> {
  const provider = new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes(resourceOf(process))),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampledShare()) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const tracer = provider.getTracer("globalpaylink");
  const current = new AsyncLocalStorage<Context>();
  const untraceTransactions = traceTransactions();
  setTracing({
    inSpan<T>({ name, kind, attributes, parent }: SpanInput, work: (span: OurSpan) => Promise<T>): Promise<T> {
      const remote = parent === undefined ? undefined : parseTraceparent(parent);
      const around = remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : (current.getStore() ?? ROOT_CONTEXT);
      const span = tracer.startSpan(name, { kind: kinds[kind], ...(attributes && { attributes }) }, around);
      return current.run(trace.setSpan(around, span), () => finish(span, work));
    },
    traceparent() {
      const context = current.getStore();
      const span = context && trace.getSpanContext(context);
      return span && `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, "0")}`;
    },
  });
  return async () => {
    setTracing(undefined);
    untraceTransactions();
    // A receiver that is away must not keep the process from ending.
    await provider.shutdown().catch(() => {});
  };
}

function resourceOf(process: "web" | "worker"): Record<string, string> {
  // The standard name wins where it is set.
  return globalThis.process.env.OTEL_SERVICE_NAME
    ? { "service.name": globalThis.process.env.OTEL_SERVICE_NAME }
    : { "service.name": `globalpaylink-${process}` };
}

function sampledShare(): number {
  const text = process.env.OTEL_TRACES_SAMPLER_ARG || "1";
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new RangeError(`OTEL_TRACES_SAMPLER_ARG is not a share from 0 to 1: ${text}`);
  return share;
}

async function finish<T>(span: Span, work: (span: OurSpan) => Promise<T>): Promise<T> {
  const ours: OurSpan = {
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    fail: (message) => void span.setStatus({ code: SpanStatusCode.ERROR, message: redact(message) }),
  };
  try {
    return await work(ours);
  } catch (error) {
    // The name only: a driver's message may hold a row's values, and a trace leaves the house.
    ours.fail(error instanceof Error ? error.name : "unknown");
    throw error;
  } finally {
    span.end();
  }
}

/** Each transaction of the app's pool as a span of the request or job that opened it. */
function traceTransactions(): () => void {
  const database = appDatabase();
  const begin = database.transaction;
  database.transaction = (work, config) =>
    inSpan(
      { name: "transaction", kind: "client", attributes: { "db.system.name": "postgresql" } },
      () => begin.call(database, work as never, config) as ReturnType<typeof work>,
    );
  return () => {
    database.transaction = begin;
  };
}

/** https://www.w3.org/TR/trace-context/#traceparent-header; anything else begins a trace of its own. */
export function parseTraceparent(text: string): SpanContext | undefined {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? [];
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  const traceFlags = Number.parseInt(flags ?? "", 16) & TraceFlags.SAMPLED;
  return { traceId, spanId, traceFlags, isRemote: true };
}
