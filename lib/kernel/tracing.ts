import { processWide } from "./globals.ts";

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanInput {
  readonly name: string;
  readonly kind: "server" | "client" | "consumer" | "internal";
  readonly attributes?: SpanAttributes;
  /** W3C `traceparent` of whoever began this; the span around it when undefined. */
  readonly parent?: string | undefined;
}

/** A piece of work with a beginning and an end, while it lasts. */
export interface Span {
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** It went wrong although nothing was thrown. */
  fail(why: string): void;
}

export interface Tracing {
  inSpan<T>(input: SpanInput, work: (span: Span) => Promise<T>): Promise<T>;
  traceparent(): string | undefined;
}

const slot = processWide("tracing", () => ({ tracing: undefined as Tracing | undefined }));

const silent: Span = { rename: () => {}, set: () => {}, fail: () => {} };

export function setTracing(tracing: Tracing | undefined): void {
  slot.tracing = tracing;
}

export function isTracing(): boolean {
  return slot.tracing !== undefined;
}

/** Runs the work as a span of the trace that it belongs to; without tracing it just runs. */
export function inSpan<T>(input: SpanInput, work: (span: Span) => Promise<T>): Promise<T> {
  return slot.tracing ? slot.tracing.inSpan(input, work) : work(silent);
}

/** What a job carries, so that its span belongs to the trace of the request that asked for it. */
export function traceparent(): string | undefined {
  return slot.tracing?.traceparent();
}
