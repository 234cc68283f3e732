import { rolloutWithoutAnalysis } from "../../estate/diagnostics/delivery-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { PolicyReading } from "./policy-reading.ts";
import { describe } from "./policy-reading.ts";
import { readFlaggerMetrics } from "./read-flagger-metrics.ts";
import type { FlaggerPolicy, FlaggerStep } from "./rollout-policy.ts";

/** Flagger's defaults (fluxcd/flagger pkg/apis/flagger/v1beta1/canary.go). */
const defaults = { intervalSeconds: 60, leastIntervalSeconds: 10, threshold: 1, mirrorWeight: 100, maxWeight: 100 };
/** Beyond what anybody waits for; the chain grows with their product. */
const mostSteps = 300;
const mostFailures = 100;

/** A Flagger Canary; undefined when a field that it depends on cannot be used. */
export function readFlaggerCanary(
  reading: PolicyReading,
  templates: ReadonlyMap<string, KubernetesObject>,
): FlaggerPolicy | undefined {
  const root = analysisPath(reading);
  const analysis = asObject(reading.value(root));
  const intervalSeconds = Math.max(
    defaults.leastIntervalSeconds,
    reading.seconds([...root, "interval"]) ?? defaults.intervalSeconds,
  );
  const threshold = reading.number([...root, "threshold"], { least: 0, most: mostFailures, whole: true });
  const isAbTest = asList(analysis["match"]).length > 0;
  const iterations = reading.number([...root, "iterations"], { least: 0, most: mostSteps, whole: true }) ?? 0;
  const strategy = iterations === 0 ? "canary" : isAbTest ? "abTest" : "blueGreen";
  const steps =
    strategy === "canary" ? readWeights(reading, root) : readIterations(reading, root, strategy, iterations);
  const metrics = readFlaggerMetrics(reading, [...root, "metrics"], intervalSeconds, templates);
  if (metrics.length === 0) {
    reading.diagnostics.push(
      diagnose(rolloutWithoutAnalysis, { subject: reading.subject }, { place: reading.object.locate(root) }),
    );
  }
  if (!reading.isUsable || steps.length === 0) return undefined;
  return {
    tool: "flagger",
    strategy,
    subject: reading.subject,
    place: reading.object.locate([]),
    metrics,
    intervalSeconds,
    threshold: threshold === undefined || threshold === 0 ? defaults.threshold : threshold,
    steps,
    loadTestPerSecond: loadTestPerSecond(asList(analysis["webhooks"])),
  };
}

/** `canaryAnalysis` is the field of old resources. */
function analysisPath(reading: PolicyReading): FieldPath {
  const old: FieldPath = ["spec", "canaryAnalysis"];
  return reading.value(["spec", "analysis"]) === undefined && reading.value(old) !== undefined
    ? old
    : ["spec", "analysis"];
}

function readWeights(reading: PolicyReading, root: FieldPath): readonly FlaggerStep[] {
  const stepWeight = reading.number([...root, "stepWeight"], { least: 0, most: 100, whole: true }) ?? 0;
  const maxWeight = reading.number([...root, "maxWeight"], { least: 1, most: 100, whole: true }) ?? defaults.maxWeight;
  reading.number([...root, "stepWeightPromotion"], { least: 0, most: 100, whole: true });
  const list = stepWeight > 0 ? [] : readStepWeights(reading, root);
  if (stepWeight === 0 && list.length === 0) {
    if (reading.isUsable) {
      reading.refuse(
        root,
        "it says neither stepWeight, stepWeights nor iterations",
        "Write stepWeight: 10, or a list of stepWeights.",
      );
    }
    return [];
  }
  const weights = list.slice();
  // As the controller adds them: the step that reaches maxWeight may go beyond it, up to 100.
  for (let weight = 0; stepWeight > 0 && weight < maxWeight; ) {
    weight = Math.min(100, weight + stepWeight);
    weights.push(weight);
  }
  const steps: FlaggerStep[] = weights.map((weight) => ({ weight, judgedWeight: weight }));
  return reading.value([...root, "mirror"]) === true ? [mirrored(reading, root), ...steps] : steps;
}

function readStepWeights(reading: PolicyReading, root: FieldPath): readonly number[] {
  const path = [...root, "stepWeights"];
  const written = reading.value(path);
  if (written === undefined) return [];
  if (!Array.isArray(written)) {
    reading.refuse(path, `${describe(written)} is no list`, "Write a list such as [1, 5, 10, 50].");
    return [];
  }
  const weights: number[] = [];
  for (const index of written.slice(0, mostSteps).keys()) {
    const weight = reading.number([...path, index], { least: 1, most: 100, whole: true });
    if (weight === undefined) continue;
    if (weight <= (weights.at(-1) ?? 0)) {
      reading.refuse([...path, index], `${weight} is not above the weight before`, "List weights in rising order.");
    }
    weights.push(weight);
  }
  return weights;
}

/** Users see the new version only in an A/B test; metrics see mirrored requests, or those of load tests. */
function readIterations(
  reading: PolicyReading,
  root: FieldPath,
  strategy: "blueGreen" | "abTest",
  iterations: number,
): readonly FlaggerStep[] {
  if (strategy === "abTest") {
    const weight = reading.condition("matchShare", "which share of the users the match selects", 10, "10 %");
    return Array.from({ length: iterations }, () => ({ weight, judgedWeight: weight }));
  }
  const step = reading.value([...root, "mirror"]) === true ? mirrored(reading, root) : { weight: 0, judgedWeight: 0 };
  return Array.from({ length: iterations }, () => step);
}

function mirrored(reading: PolicyReading, root: FieldPath): FlaggerStep {
  const judgedWeight =
    reading.number([...root, "mirrorWeight"], { least: 0, most: 100, whole: true }) ?? defaults.mirrorWeight;
  return { weight: 0, judgedWeight };
}

/** Requests a second of the rollout webhooks that run `hey -q RATE -c WORKERS`. */
function loadTestPerSecond(webhooks: readonly unknown[]): number {
  return webhooks.reduce<number>((sum, webhook) => {
    const { type, metadata } = asObject(webhook);
    const command = asText(asObject(metadata)["cmd"]) ?? "";
    if ((type !== undefined && type !== "rollout") || !/\bhey\b/.test(command)) return sum;
    const rate = /\s-q\s+(\d{1,6}(?:\.\d+)?)\b/.exec(command)?.[1];
    const workers = /\s-c\s+(\d{1,5})\b/.exec(command)?.[1];
    return rate === undefined || workers === undefined ? sum : sum + Number(rate) * Number(workers);
  }, 0);
}
