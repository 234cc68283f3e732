import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

interface SpanOptions {
  readonly kind: SpanKind;
  /** Where the work was asked for, as a W3C `traceparent`; the span that is active now when left out. */
  readonly traceParent?: string;
  readonly attributes?: Attributes;
}

/** Runs work in a span of its own; an error is noted and thrown on. */
export function inSpan<Result>(name: string, options: SpanOptions, work: () => Promise<Result>): Promise<Result> {
  const { traceParent, kind, attributes = {} } = options;
  const parent =
    traceParent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, { traceparent: traceParent });
  return trace.getTracer("orders").startActiveSpan(name, { kind, attributes }, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The active span as a W3C `traceparent`; undefined when nothing is traced. */
export function activeTraceParent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}
