import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { otherMetricsPass } from "../../estate/assumptions/rollout-rules.ts";
import { metricNotEvaluable } from "../../estate/diagnostics/delivery-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { asList, asLooseText, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Condition } from "../judging/condition.ts";
import { inferMeasure, queryWindowSeconds } from "./metric-measure.ts";
import { mentionsNaN, parseCondition } from "./parse-condition.ts";
import { describe, type PolicyReading } from "./policy-reading.ts";
import type { AnalysisMetric } from "./rollout-policy.ts";

/** Providers of an AnalysisTemplate's metric. */
const providers = [
  "prometheus",
  "kayenta",
  "web",
  "datadog",
  "wavefront",
  "newRelic",
  "job",
  "cloudWatch",
  "graphite",
  "influxdb",
  "skywalking",
  "plugin",
];
const defaultErrorLimit = 4;
const defaultWindowSeconds = 60;
const mostMeasurements = 10_000;

/** Values of `{{args.name}}`. */
export type AnalysisArguments = ReadonlyMap<string, string>;

/** The metrics of a template that are not dry runs, with the arguments put in. `prefix` makes their ids unique. */
export function readAnalysisMetrics(
  reading: PolicyReading,
  given: AnalysisArguments,
  prefix: string,
): readonly AnalysisMetric[] {
  const values = new Map<string, string>();
  for (const declared of asList(reading.value(["spec", "args"]))) {
    const { name, value } = asObject(declared);
    const text = asLooseText(value);
    if (typeof name === "string" && text !== undefined) values.set(name, text);
  }
  for (const [name, value] of given) values.set(name, value);
  const dryRuns = asList(reading.value(["spec", "dryRun"])).map((each) => asText(asObject(each)["metricName"]));
  const metrics: AnalysisMetric[] = [];
  for (const [index, written] of asList(reading.value(["spec", "metrics"])).entries()) {
    const name = asText(asObject(written)["name"]) ?? `metric ${index + 1}`;
    if (dryRuns.some((pattern) => pattern === name || pattern === ".*")) continue;
    const metric = readMetric(reading, ["spec", "metrics", index], name, values, prefix);
    if (metric !== undefined) metrics.push(metric);
  }
  return metrics;
}

function readMetric(
  reading: PolicyReading,
  path: FieldPath,
  name: string,
  values: AnalysisArguments,
  prefix: string,
): AnalysisMetric | undefined {
  const resolved = (field: string) => substitute(reading.value([...path, field]), values);
  const whole = (field: string, least: number) =>
    reading.number([...path, field], { least, most: mostMeasurements, whole: true }, resolved(field));
  const provider = readProvider(reading, path);
  const intervalSeconds = reading.seconds([...path, "interval"], { least: 1, written: resolved("interval") });
  const initialDelaySeconds = reading.seconds([...path, "initialDelay"], { written: resolved("initialDelay") }) ?? 0;
  const count = whole("count", 0);
  const success = readCondition(reading, path, name, "successCondition", values);
  const failure = readCondition(reading, path, name, "failureCondition", values);
  const limits = {
    failureLimit: whole("failureLimit", -1) ?? 0,
    inconclusiveLimit: whole("inconclusiveLimit", 0) ?? 0,
    consecutiveErrorLimit: whole("consecutiveErrorLimit", 0) ?? defaultErrorLimit,
    consecutiveSuccessLimit: whole("consecutiveSuccessLimit", 0) || undefined,
  };
  if (provider === undefined || success === "unread" || failure === "unread") return undefined;
  const query = asText(substitute(asObject(reading.value([...path, "provider", provider]))["query"], values)) ?? "";
  const measure = inferMeasure(name, query, [success, failure]);
  const place = reading.object.locate(path);
  if (measure.of === "unknown" || (success === undefined && failure === undefined)) {
    const problem =
      measure.of === "unknown"
        ? "neither its name nor its query says that it counts failed, successful or slow requests"
        : "it has neither a successCondition nor a failureCondition";
    const { subject } = reading;
    reading.diagnostics.push(diagnose(metricNotEvaluable, { subject, metric: name, problem }, { place }));
    reading.assumptions.push(assume(otherMetricsPass, subject, { metric: name }, place));
  }
  return {
    metric: {
      id: `${prefix}${reading.subject}#${path.at(-1)}`,
      name,
      place,
      measure,
      success,
      failure,
      withoutRequests: mentionsNaN(success) || mentionsNaN(failure) ? "nan" : "empty",
      windowSeconds: queryWindowSeconds(query) ?? intervalSeconds ?? defaultWindowSeconds,
      cadenceSeconds: intervalSeconds ?? 0,
    },
    initialDelaySeconds,
    intervalSeconds,
    count: count === undefined || count === 0 ? (intervalSeconds === undefined ? 1 : undefined) : count,
    ...limits,
  };
}

function readProvider(reading: PolicyReading, path: FieldPath): string | undefined {
  const at = [...path, "provider"];
  const written = reading.value(at);
  const [name] = isJsonObject(written) ? Object.keys(written) : [];
  if (name !== undefined && providers.includes(name)) return name;
  const near = name === undefined ? undefined : nearestName(name, providers);
  reading.refuse(
    name === undefined ? at : [...at, name],
    name === undefined ? "no provider is named" : `${describe(name)} is no metric provider of Argo Rollouts`,
    near === undefined ? `Providers are ${providers.join(", ")}.` : `Did you mean ${near}?`,
  );
  return undefined;
}

/** A condition; `unread` when it is written in a form that cannot be evaluated. */
function readCondition(
  reading: PolicyReading,
  path: FieldPath,
  name: string,
  field: "successCondition" | "failureCondition",
  values: AnalysisArguments,
): Condition | undefined | "unread" {
  const written = substitute(reading.value([...path, field]), values);
  if (written === undefined) return undefined;
  if (typeof written === "string") {
    const condition = parseCondition(written);
    if (condition !== undefined) return condition;
  }
  const missing = typeof written === "string" ? /\{\{\s*args\.([\w-]+)\s*\}\}/.exec(written)?.[1] : undefined;
  reading.refuse(
    [...path, field],
    missing === undefined
      ? `${describe(written)} of metric ${name} is not a condition that can be evaluated here`
      : `argument ${missing} of metric ${name} has no value`,
    missing === undefined
      ? "Compare result or result[0] with a number, such as result[0] >= 0.99."
      : "Give it a value in the template or in the Rollout's analysis.args.",
  );
  return "unread";
}

/** The value with `{{args.name}}` replaced where the argument is known. */
function substitute(value: unknown, values: AnalysisArguments): unknown {
  if (value === null) return undefined;
  if (typeof value !== "string" || !value.includes("{{")) return value;
  return value.replaceAll(/\{\{\s*args\.([\w-]+)\s*\}\}/g, (text, name: string) => values.get(name) ?? text);
}
