import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { otherMetricsPass } from "../../estate/assumptions/rollout-rules.ts";
import { metricNotEvaluable } from "../../estate/diagnostics/delivery-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { asList, asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Condition } from "../judging/condition.ts";
import { decimalOfNumber } from "../judging/decimal.ts";
import type { JudgedMetric, Measure } from "../judging/judged-metric.ts";
import { inferMeasure } from "./metric-measure.ts";
import type { PolicyReading } from "./policy-reading.ts";
import { describe } from "./policy-reading.ts";

const builtIn: ReadonlyMap<string, Measure> = new Map([
  ["request-success-rate", { of: "good", scale: 100 }],
  ["request-duration", { of: "latency", quantile: 0.99 }],
]);

/** Providers of a MetricTemplate. */
const providers = [
  "prometheus",
  "datadog",
  "cloudwatch",
  "newrelic",
  "graphite",
  "stackdriver",
  "influxdb",
  "dynatrace",
  "keptn",
  "splunk",
  "signoz",
  "externalmetrics",
];
const defaultWindowSeconds = 60;

/** The metrics of a Canary, in the order in which they are checked. */
export function readFlaggerMetrics(
  reading: PolicyReading,
  root: FieldPath,
  cadenceSeconds: number,
  templates: ReadonlyMap<string, KubernetesObject>,
): readonly JudgedMetric[] {
  return asList(reading.value(root)).flatMap((_, index) => {
    const metric = readMetric(reading, [...root, index], cadenceSeconds, templates);
    return metric === undefined ? [] : [metric];
  });
}

function readMetric(
  reading: PolicyReading,
  path: FieldPath,
  cadenceSeconds: number,
  templates: ReadonlyMap<string, KubernetesObject>,
): JudgedMetric | undefined {
  const name = asText(reading.value([...path, "name"])) ?? `metric ${Number(path.at(-1)) + 1}`;
  const success = readRange(reading, path);
  const query = readQuery(reading, path, name, templates);
  const measure = builtIn.get(name) ?? (query === undefined ? undefined : inferTemplate(name, query, success));
  if (measure === undefined) return undefined;
  const place = reading.object.locate(path);
  if (measure.of === "unknown") {
    const problem = "neither its name nor its query says that it counts failed, successful or slow requests";
    const { subject } = reading;
    reading.diagnostics.push(diagnose(metricNotEvaluable, { subject, metric: name, problem }, { place }));
    reading.assumptions.push(assume(otherMetricsPass, subject, { metric: name }, place));
  }
  if (measure.of !== "unknown" && success === undefined) {
    const side = measure.of === "good" ? "min: 99" : "max: 500";
    if (reading.isUsable) reading.refuse(path, "it has no thresholdRange", `Write thresholdRange: {${side}}.`);
    return undefined;
  }
  const windowSeconds = reading.seconds([...path, "interval"], { least: 1 }) ?? defaultWindowSeconds;
  const id = `${reading.subject}#${path.at(-1)}`;
  return {
    id,
    name,
    place,
    measure,
    success,
    failure: undefined,
    withoutRequests: "nan",
    windowSeconds,
    cadenceSeconds,
  };
}

/** Values below `min` and above `max` fail; `threshold` is the old field: `min` of the success rate, otherwise `max`. */
function readRange(reading: PolicyReading, path: FieldPath): Condition | undefined {
  const isRate = reading.value([...path, "name"]) === "request-success-rate";
  const most = isRate ? 100 : Number.MAX_VALUE;
  const range = { least: isRate ? 0 : -Number.MAX_VALUE, most };
  const min = reading.number([...path, "thresholdRange", "min"], range);
  const max = reading.number([...path, "thresholdRange", "max"], range);
  const old = min === undefined && max === undefined ? reading.number([...path, "threshold"], range) : undefined;
  const parts: Condition[] = [];
  const least = min ?? (isRate ? old : undefined);
  const largest = max ?? (isRate ? undefined : old);
  if (least !== undefined) parts.push({ kind: "compare", operator: ">=", limit: decimalOfNumber(least) });
  if (largest !== undefined) parts.push({ kind: "compare", operator: "<=", limit: decimalOfNumber(largest) });
  const [only] = parts;
  return parts.length < 2 ? only : { kind: "and", parts };
}

/** Custom metrics are percentages, unless their query says that they are not. */
function inferTemplate(name: string, query: string, success: Condition | undefined): Measure {
  const measure = inferMeasure(name, query, [success, undefined]);
  return query === "" && "scale" in measure ? { ...measure, scale: 100 } : measure;
}

/** The query of a metric that is not built in; undefined when it is built in or refused. */
function readQuery(
  reading: PolicyReading,
  path: FieldPath,
  name: string,
  templates: ReadonlyMap<string, KubernetesObject>,
): string | undefined {
  const inline = asText(reading.value([...path, "query"]));
  const reference = asText(reading.value([...path, "templateRef", "name"]));
  if (inline !== undefined || builtIn.has(name)) return inline;
  if (reference === undefined) {
    const near = nearestName(name, builtIn.keys());
    reading.refuse(
      [...path, "name"],
      `${describe(name)} is no built-in metric and has neither templateRef nor query, so every check of it fails`,
      near === undefined ? `Built-in metrics are ${[...builtIn.keys()].join(" and ")}.` : `Did you mean ${near}?`,
    );
    return undefined;
  }
  const template = templates.get(reference);
  if (template === undefined) return "";
  const provider = asText(valueAt(template.value, ["spec", "provider", "type"]));
  if (provider === undefined || !providers.includes(provider)) {
    const near = nearestName(provider ?? "", providers);
    reading.refuse(
      [...path, "templateRef"],
      `MetricTemplate ${reference} asks ${describe(provider ?? "nobody")}, which is no metric provider of Flagger`,
      near === undefined ? `Providers are ${providers.join(", ")}.` : `Did you mean ${near}?`,
    );
    return undefined;
  }
  return asText(asObject(template.value["spec"])["query"]) ?? "";
}
