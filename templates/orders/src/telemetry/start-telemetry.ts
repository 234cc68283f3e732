import { context, metrics, propagation, trace } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/**
 * The only file that knows the SDK. Exporters read the standard variables `OTEL_EXPORTER_OTLP_*`; without an endpoint
 * nothing is recorded and the API calls elsewhere do nothing.
 *
 * @returns sends what is left and ends
 */
export function startTelemetry(environment: { readonly [name: string]: string | undefined }): () => Promise<void> {
  if (environment["OTEL_EXPORTER_OTLP_ENDPOINT"] === undefined) return async () => {};
  const resource = defaultResource().merge(
    resourceFromAttributes({ "service.name": environment["OTEL_SERVICE_NAME"] ?? "orders" }),
  );
  const tracing = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  tracing.register();
  const measuring = new MeterProvider({
    resource,
    readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
  });
  metrics.setGlobalMeterProvider(measuring);
  return async () => {
    await Promise.allSettled([tracing.shutdown(), measuring.shutdown()]);
    for (const api of [trace, metrics, context, propagation]) api.disable();
  };
}
