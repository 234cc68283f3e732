import { analysisTemplateMissing, rolloutWithoutAnalysis } from "../../estate/diagnostics/delivery-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { asList, asLooseText, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { describe, PolicyReading } from "./policy-reading.ts";
import { readAnalysisMetrics } from "./read-analysis-template.ts";
import type { AnalysisMetric, ArgoPolicy, ArgoStage } from "./rollout-policy.ts";

const mostSteps = 1000;
const defaultApprovalSeconds = 900;
const defaultScaleUpSeconds = 60;

/** Templates by `AnalysisTemplate/name` and `ClusterAnalysisTemplate/name`. */
export type AnalysisTemplates = ReadonlyMap<string, KubernetesObject>;

/** An Argo Rollout with the templates that judge it; undefined when something it depends on cannot be used. */
export function readArgoRollout(reading: PolicyReading, templates: AnalysisTemplates): ArgoPolicy | undefined {
  const blueGreen: FieldPath = ["spec", "strategy", "blueGreen"];
  const isBlueGreen = reading.value(blueGreen) !== undefined;
  const canary: FieldPath = ["spec", "strategy", "canary"];
  if (!isBlueGreen && reading.value(canary) === undefined) {
    reading.refuse(["spec", "strategy"], "it has neither canary nor blueGreen", "Write spec.strategy.canary.steps.");
    return undefined;
  }
  const stages = isBlueGreen ? readBlueGreen(reading, blueGreen, templates) : readSteps(reading, canary, templates);
  const background = isBlueGreen ? undefined : readBackground(reading, canary, templates);
  const metrics = [...stages.flatMap(({ analysis }) => analysis), ...(background?.analysis ?? [])].map(
    ({ metric }) => metric,
  );
  if (metrics.length === 0 && reading.isUsable) {
    const place = reading.object.locate(isBlueGreen ? blueGreen : canary);
    reading.diagnostics.push(diagnose(rolloutWithoutAnalysis, { subject: reading.subject }, { place }));
  }
  if (!reading.isUsable) return undefined;
  return {
    tool: "argo-rollouts",
    strategy: isBlueGreen ? "blueGreen" : "canary",
    subject: reading.subject,
    place: reading.object.locate([]),
    metrics,
    stages,
    background,
  };
}

const stepKinds = [
  "setWeight",
  "pause",
  "analysis",
  "setCanaryScale",
  "setHeaderRoute",
  "setMirrorRoute",
  "experiment",
  "plugin",
];

function readSteps(reading: PolicyReading, canary: FieldPath, templates: AnalysisTemplates): readonly ArgoStage[] {
  const root = [...canary, "steps"];
  let weight = 0;
  return asList(reading.value(root))
    .slice(0, mostSteps)
    .map((step, index): ArgoStage => {
      const path = [...root, index];
      const kind = isJsonObject(step) ? (Object.keys(step)[0] ?? "") : "";
      const nothing = { holdSeconds: 0, analysis: [] };
      switch (kind) {
        case "setWeight":
          weight = reading.number([...path, kind], { least: 0, most: 100, whole: true }) ?? weight;
          return { weight, ...nothing };
        case "pause":
          return { weight, holdSeconds: readPause(reading, [...path, kind]), analysis: [] };
        case "analysis":
          return { weight, holdSeconds: 0, analysis: readInline(reading, [...path, kind], templates) };
        case "setCanaryScale":
        case "setHeaderRoute":
        case "setMirrorRoute":
          return { weight, ...nothing };
        default:
          refuseStep(reading, path, kind);
          return { weight, ...nothing };
      }
    });
}

function refuseStep(reading: PolicyReading, path: FieldPath, kind: string): void {
  if (kind === "experiment" || kind === "plugin") {
    reading.refuse([...path, kind], `what its ${kind} does is not evaluated`, "Evaluate the policy without this step.");
    return;
  }
  const near = nearestName(kind, stepKinds);
  const remedy = near === undefined ? `Steps are ${stepKinds.join(", ")}.` : `Did you mean ${near}?`;
  reading.refuse(path, kind === "" ? "the step is empty" : `${describe(kind)} is no step of a canary`, remedy);
}

function readPause(reading: PolicyReading, path: FieldPath): number {
  const duration = reading.seconds([...path, "duration"], { bare: true });
  if (duration !== undefined || reading.value([...path, "duration"]) !== undefined) return duration ?? 0;
  return approvalSeconds(reading);
}

function approvalSeconds(reading: PolicyReading): number {
  const what = "how long a pause without duration lasts until a person goes on";
  return reading.condition("approvalSeconds", what, defaultApprovalSeconds, `${defaultApprovalSeconds / 60} min`);
}

/** An analysis that a step waits for has to come to an end. */
function readInline(reading: PolicyReading, path: FieldPath, templates: AnalysisTemplates): readonly AnalysisMetric[] {
  const metrics = readRun(reading, path, templates);
  const endless = metrics.find(({ count }) => count === undefined);
  if (endless !== undefined) {
    const problem = `metric ${endless.metric.name} has an interval but no count, so the step never ends`;
    reading.refuse(path, problem, "Give the metric a count, or judge it in the background.");
  }
  return metrics;
}

function readBackground(
  reading: PolicyReading,
  canary: FieldPath,
  templates: AnalysisTemplates,
): ArgoPolicy["background"] {
  const path = [...canary, "analysis"];
  if (reading.value(path) === undefined) return undefined;
  const fromStage = reading.number([...path, "startingStep"], { least: 0, most: mostSteps, whole: true }) ?? 0;
  return { fromStage, analysis: readRun(reading, path, templates) };
}

function readBlueGreen(reading: PolicyReading, root: FieldPath, templates: AnalysisTemplates): readonly ArgoStage[] {
  const before = reading.value([...root, "prePromotionAnalysis"]);
  const after = reading.value([...root, "postPromotionAnalysis"]);
  const isManual = reading.value([...root, "autoPromotionEnabled"]) === false;
  const waits = reading.number([...root, "autoPromotionSeconds"], { least: 0, most: 31_536_000, whole: true });
  const start = reading.condition(
    "startSeconds",
    "how long new pods take until they are ready",
    defaultScaleUpSeconds,
    "1 min",
  );
  const held = waits ?? (isManual ? approvalSeconds(reading) : 0);
  const analysisAt = (field: string) => readInline(reading, [...root, field], templates);
  return [
    { weight: 0, holdSeconds: start, analysis: before === undefined ? [] : analysisAt("prePromotionAnalysis") },
    { weight: 0, holdSeconds: held, analysis: [] },
    { weight: 100, holdSeconds: 0, analysis: after === undefined ? [] : analysisAt("postPromotionAnalysis") },
  ];
}

/** All metrics of the templates that an analysis names, with its arguments. */
function readRun(reading: PolicyReading, path: FieldPath, templates: AnalysisTemplates): readonly AnalysisMetric[] {
  const given = new Map<string, string>();
  for (const argument of asList(reading.value([...path, "args"]))) {
    const { name, value } = asObject(argument);
    const text = asLooseText(value);
    if (typeof name === "string" && text !== undefined) given.set(name, text);
  }
  return asList(reading.value([...path, "templates"])).flatMap((reference, index) => {
    const at = [...path, "templates", index];
    const template = asText(asObject(reference)["templateName"]);
    if (template === undefined) {
      reading.refuse(at, "no templateName is written", "Name an AnalysisTemplate.");
      return [];
    }
    const kind = asObject(reference)["clusterScope"] === true ? "ClusterAnalysisTemplate" : "AnalysisTemplate";
    const object = templates.get(`${kind}/${template}`);
    if (object === undefined) {
      const { subject } = reading;
      const context = { place: reading.object.locate(at), affects: [subject] };
      reading.diagnostics.push(diagnose(analysisTemplateMissing, { subject, template, kind }, context));
      return [];
    }
    const own = new PolicyReading(object, reading.conditions);
    const metrics = readAnalysisMetrics(own, given, `${path.join(".")} `);
    for (const found of own.diagnostics) {
      const isKnown = reading.diagnostics.some(({ message }) => message === found.message);
      if (!isKnown) reading.diagnostics.push(found);
    }
    reading.assumptions.push(...own.assumptions);
    return metrics;
  });
}
