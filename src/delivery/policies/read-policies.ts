import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { policyMissing } from "../../estate/diagnostics/delivery-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { apiGroup } from "../../estate/kubernetes/group-kind.ts";
import { valueAt } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readObjects } from "../../estate/kubernetes/read-objects.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import type { YamlDocument } from "../../estate/sources/yaml-document.ts";
import type { FeatureFlag } from "../flags/feature-flag.ts";
import { isFlagDocument, readFeatureFlags } from "../flags/read-feature-flags.ts";
import { type PolicyConditions, PolicyReading } from "./policy-reading.ts";
import { readArgoRollout } from "./read-argo-rollout.ts";
import { readFlaggerCanary } from "./read-flagger-canary.ts";
import { readRollingUpdate } from "./read-rolling-update.ts";
import type { RolloutPolicy } from "./rollout-policy.ts";

/** The policies of a set of files. */
export interface PolicySet {
  readonly policies: readonly RolloutPolicy[];
  readonly flags: readonly FeatureFlag[];
  /** Subjects that a diagnostic leaves not evaluable. */
  readonly notEvaluable: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads Flagger Canaries with MetricTemplates, Argo Rollouts with AnalysisTemplates, Deployments and feature flags from texts
 * by their path. Never throws: what cannot be used has a diagnostic.
 */
export function readPolicies(texts: ReadonlyMap<string, string>, conditions: PolicyConditions): PolicySet {
  const documents: YamlDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [source, text] of texts) {
    const reading = readYaml(text, source);
    documents.push(...reading.documents);
    diagnostics.push(...reading.diagnostics);
  }
  const flagReading = readFeatureFlags(documents.filter(({ value }) => isFlagDocument(value)));
  const { objects, diagnostics: unread } = readObjects(documents.filter(({ value }) => !isFlagDocument(value)));
  diagnostics.push(...unread, ...flagReading.diagnostics);
  const templates = new Map(objects.map((object) => [`${object.kind}/${object.name}`, object]));
  const metricTemplates = new Map(
    objects.filter(({ kind }) => kind === "MetricTemplate").map((object) => [object.name, object]),
  );
  const policies: RolloutPolicy[] = [];
  const notEvaluable: string[] = [];
  const assumptions: Assumption[] = [];
  for (const object of objects) {
    const reading = new PolicyReading(object, conditions);
    const read = readerOf(object, objects);
    if (read === undefined) continue;
    const policy = read(reading, metricTemplates, templates);
    diagnostics.push(...reading.diagnostics);
    if (policy === undefined) notEvaluable.push(reading.subject);
    else {
      policies.push(policy);
      assumptions.push(...reading.assumptions);
    }
  }
  const isEmpty = policies.length + notEvaluable.length + flagReading.flags.length === 0;
  if (isEmpty && diagnostics.every(({ severity }) => severity !== "error")) {
    diagnostics.push(diagnose(policyMissing, { file: [...texts.keys()].join(", ") }));
  }
  return { policies, flags: flagReading.flags, notEvaluable, assumptions, diagnostics };
}

type Templates = ReadonlyMap<string, KubernetesObject>;
type Reader = (reading: PolicyReading, metrics: Templates, analyses: Templates) => RolloutPolicy | undefined;

/** A Deployment that a Canary or Rollout governs is no policy of its own. */
function readerOf(
  { apiVersion, kind, name }: KubernetesObject,
  objects: readonly KubernetesObject[],
): Reader | undefined {
  const group = apiGroup(apiVersion);
  if (kind === "Canary" && group === "flagger.app") return (reading, metrics) => readFlaggerCanary(reading, metrics);
  if (kind === "Rollout" && group === "argoproj.io") {
    return (reading, _, analyses) => readArgoRollout(reading, analyses);
  }
  if (kind !== "Deployment" || group !== "apps") return undefined;
  const isGoverned = objects.some(({ value }) =>
    ["targetRef", "workloadRef"].some((field) => valueAt(value, ["spec", field, "name"]) === name),
  );
  return isGoverned ? undefined : readRollingUpdate;
}
