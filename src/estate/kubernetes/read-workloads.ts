import type { Assumption } from "../assumptions/assumption.ts";
import { assume } from "../assumptions/assumption-rule.ts";
import { limitRangeDefaults, opaqueReplicas, requestsFromLimits } from "../assumptions/manifest-rules.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { duplicateObject, opaqueWorkload } from "../diagnostics/manifest-diagnostics.ts";
import { formatPlace } from "../sources/place.ts";
import { appendAll } from "./append-all.ts";
import { type Autoscaler, type Autoscalers, readAutoscalers, replicasUnder } from "./autoscalers.ts";
import { readComputeResources } from "./compute-resources.ts";
import { readContainers } from "./containers.ts";
import { readDisruptionBudgets } from "./disruption-budgets.ts";
import { apiGroup } from "./group-kind.ts";
import { asList, asObject, asStringMap, asText, isJsonObject, valueAt } from "./json-value.ts";
import { type ContainerDefaults, readContainerDefaults } from "./limit-range.ts";
import { namespaceLabels } from "./namespace-labels.ts";
import { type ObjectIndex, scopeKey } from "./object-index.ts";
import { indexPods, type PodIndex } from "./pod-index.ts";
import { podResources } from "./pod-requests.ts";
import { readSpreadRules } from "./spread-rules.ts";
import { unreadableCounts, unreadablePodFields } from "./unreadable-fields.ts";
import { readVolumeClaims } from "./volume-claims.ts";
import type { ComputeResources, Container, UnreadableField, Workload } from "./workload.ts";
import { labelWorkloads } from "./workload-labels.ts";
import { findWorkloads, type WorkloadSource } from "./workload-sources.ts";

/** The workloads of an estate and what was assumed or found wrong on the way. */
export interface WorkloadReading {
  /** Sorted by id. */
  readonly workloads: readonly Workload[];
  /** The same workloads, to be found by selectors. */
  readonly pods: PodIndex<Workload>;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Context {
  readonly index: ObjectIndex;
  readonly defaults: ReadonlyMap<string, ContainerDefaults>;
  readonly autoscalers: Autoscalers;
  readonly assumptions: Assumption[];
  readonly diagnostics: Diagnostic[];
}

/** Reads every workload and joins it with its autoscaler, budgets, volumes, spread rules and namespace defaults. */
export function readWorkloads(index: ObjectIndex): WorkloadReading {
  const { sources, diagnostics } = findWorkloads(index);
  const context: Context = {
    index,
    defaults: readContainerDefaults(index),
    autoscalers: readAutoscalers(index),
    assumptions: [],
    diagnostics: [...diagnostics],
  };
  const unjoined = uniqueById(
    sources.map((source) => readWorkload(source, context)),
    context.diagnostics,
  );
  const budgets = readDisruptionBudgets(index, indexPods(unjoined));
  const labels = labelWorkloads(unjoined);
  const workloads = unjoined.map(
    (workload): Workload => ({
      ...workload,
      label: labels.get(workload.id) ?? workload.id,
      disruptionBudgets: budgets.get(workload.id) ?? [],
    }),
  );
  return {
    workloads,
    pods: indexPods(workloads),
    assumptions: context.assumptions,
    diagnostics: [...context.diagnostics, ...context.autoscalers.diagnostics()],
  };
}

function readWorkload(source: WorkloadSource, context: Context): Workload {
  const { placed, template, kind, name } = source;
  const namespace = placed.namespace ?? "";
  const id = `${scopeKey({ ...placed, namespace })}/${kind}/${name}`;
  const { podSpec, podSpecPath } = template;
  const defaults = context.defaults.get(scopeKey(placed));
  const containers = readContainers(podSpec, podSpecPath, defaults);
  const resources =
    source.custom === undefined
      ? podResources(podSpec, containers, overheadOf(source, context))
      : { requests: {}, limits: {} };
  const volumes = readVolumeClaims({ object: template.object, podSpec, podSpecPath, scope: placed }, context.index);
  appendAll(context.diagnostics, volumes.diagnostics);
  noteFillings(id, source, containers, defaults, context);
  const autoscaler = autoscalerOf(source, context);
  return {
    id,
    label: id,
    environment: placed.environment,
    cluster: placed.cluster,
    namespace,
    kind,
    name,
    application: placed.application,
    tenant: placed.tenant,
    run: source.run,
    opaque: source.custom !== undefined || source.template.missing === true,
    object: template.object,
    replicas: replicasOf(id, source, autoscaler, context),
    podLabels: template.podLabels,
    podSpec,
    podSpecPath,
    containers,
    podRequests: resources.requests,
    podLimits: resources.limits,
    spread: readSpreadRules({ ...template, namespace, namespaceLabels: namespaceLabels(context.index, placed) }),
    claims: volumes.claims,
    disruptionBudgets: [],
    nodeSelector: asStringMap(podSpec.nodeSelector),
    tolerations: asList(podSpec.tolerations).filter(isJsonObject),
    runtimeClassName: asText(podSpec.runtimeClassName),
    hostNetwork: podSpec.hostNetwork === true,
    unreadable: unreadableIn(source, autoscaler),
    place: placed.object.locate([]),
  };
}

function autoscalerOf({ placed, kind, name }: WorkloadSource, { autoscalers }: Context): Autoscaler | undefined {
  const { environment, cluster, namespace, object } = placed;
  return autoscalers.of({ environment, cluster, namespace, kind, name, group: apiGroup(object.apiVersion) });
}

function replicasOf(
  id: string,
  { placed, kind, replicas }: WorkloadSource,
  autoscaler: Autoscaler | undefined,
  context: Context,
): Workload["replicas"] {
  if (autoscaler !== undefined) return replicasUnder(autoscaler, replicas?.maximum ?? 1);
  if (replicas !== undefined) return { declared: replicas.maximum, ...replicas };
  context.assumptions.push(assume(opaqueReplicas, id, { kind }, placed.object.locate([])));
  return { declared: 1, minimum: 1, maximum: 1 };
}

/** Of an opaque resource nothing is read. An autoscaler decides the replicas, whatever the workload itself says. */
function unreadableIn(source: WorkloadSource, autoscaler: Autoscaler | undefined): readonly UnreadableField[] {
  if (source.custom !== undefined) return [];
  const counts = autoscaler?.unreadable ?? unreadableCounts(source.placed.object);
  return [...counts, ...unreadablePodFields(source.template)];
}

/** Overhead that the pod states, else that of its runtime class when the input holds it. */
function overheadOf({ placed, template }: WorkloadSource, { index }: Context): ComputeResources {
  if (isJsonObject(template.podSpec.overhead)) return readComputeResources(template.podSpec.overhead);
  const className = asText(template.podSpec.runtimeClassName);
  if (className === undefined) return {};
  const scope = { environment: placed.environment, cluster: placed.cluster, namespace: undefined };
  const runtimeClass = index.find(scope, "RuntimeClass.node.k8s.io", className);
  return readComputeResources(valueAt(runtimeClass?.object.value, ["overhead", "podFixed"]));
}

function noteFillings(
  id: string,
  source: WorkloadSource,
  containers: readonly Container[],
  defaults: ContainerDefaults | undefined,
  context: Context,
): void {
  const { object } = source.template;
  if (source.custom !== undefined) {
    context.diagnostics.push(diagnose(opaqueWorkload, { object: id }, { place: object.locate([]), affects: [id] }));
    return;
  }
  const fromLimits = containers.filter((container) => lacksRequest(container, statedLimits(container)));
  if (fromLimits.length > 0) {
    context.assumptions.push(
      assume(requestsFromLimits, id, { containers: namesOf(fromLimits) }, object.locate(fromLimits[0]?.path ?? [])),
    );
  }
  const fromRange = defaults === undefined ? [] : containers.filter((container) => usesDefaults(container, defaults));
  if (fromRange.length > 0) {
    context.assumptions.push(
      assume(limitRangeDefaults, id, { containers: namesOf(fromRange) }, object.locate(fromRange[0]?.path ?? [])),
    );
  }
}

function statedRequests({ value }: Container): ComputeResources {
  return readComputeResources(asObject(value.resources).requests);
}

function statedLimits({ value }: Container): ComputeResources {
  return readComputeResources(asObject(value.resources).limits);
}

/** True when `filler` states a resource that the container's own requests do not. */
function lacksRequest(container: Container, filler: ComputeResources): boolean {
  return isFilledBy(statedRequests(container), filler);
}

function usesDefaults(container: Container, defaults: ContainerDefaults): boolean {
  if (container.role === "ephemeral") return false;
  const limits = statedLimits(container);
  const requests = { ...limits, ...statedRequests(container) };
  return isFilledBy(requests, defaults.requests) || isFilledBy(limits, defaults.limits);
}

function isFilledBy(stated: ComputeResources, filler: ComputeResources): boolean {
  return Object.keys(filler).some((field) => !Object.hasOwn(stated, field));
}

function namesOf(containers: readonly Container[]): readonly string[] {
  return containers.map(({ name }) => name);
}

/** Sorted by id. One kind in two API groups could give one id twice; the last counts. */
function uniqueById(workloads: readonly Workload[], diagnostics: Diagnostic[]): readonly Workload[] {
  const byId = new Map<string, Workload>();
  for (const workload of workloads) {
    const first = byId.get(workload.id);
    if (first !== undefined) {
      const parameters = { object: workload.id, first: formatPlace(first.place), same: false };
      diagnostics.push(diagnose(duplicateObject, parameters, { place: workload.place }));
    }
    byId.set(workload.id, workload);
  }
  return [...byId.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}
