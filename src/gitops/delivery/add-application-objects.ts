import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { autoscalerTarget } from "../../estate/assumptions/gitops-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { objectInTwoForms } from "../../estate/diagnostics/gitops-diagnostics.ts";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { deliveredObject, withoutReplicas } from "./delivered-object.ts";
import { noFacts } from "./delivery-inputs.ts";
import { assumed, missFact, type PlaceTask } from "./delivery-log.ts";
import { derivedDisruptionBudget } from "./derived/disruption-budget.ts";
import { derivedAutoscaler } from "./derived/load-autoscaler.ts";
import { peakReplicas } from "./derived/peak-replicas.ts";
import { asksWithIdentity, derivedServiceAccounts } from "./derived/service-accounts.ts";
import { derivedServiceMonitors, monitorGroup } from "./derived/service-monitors.ts";
import { derivedTriggerAuthentications } from "./derived/trigger-authentications.ts";
import { type RolloutObjects, rolloutObjects } from "./rollout-objects.ts";
import { addressOf, applicationAddress } from "./unit-address.ts";

/** Kinds that the platform writes itself, with labels of its own. */
const platformKinds = new Set(["Namespace"]);

/** Adds the objects of a place as the manifests have them, and what its applications lack. */
export function addApplicationObjects(task: PlaceTask): void {
  const { index, place, drafts, log } = task;
  const { objects, workloads } = index.at(place);
  const autoscalers = new Map(workloads.map((workload) => [workload.id, autoscalerOf(task, workload)]));
  const rollouts = new Map(
    index.estate.applications.map((application) => [
      application.name,
      rolloutObjects(task, application, workloadsOf(application, workloads), autoscalers),
    ]),
  );
  const isScaled = ({ id, replicas, application = "" }: Workload) =>
    replicas.autoscaler !== undefined ||
    autoscalers.get(id) !== undefined ||
    rollouts.get(application)?.steered.has(id) === true;
  const scaled = new Set(workloads.filter(isScaled).map(workloadIdentity));
  const replaced = new Set([...rollouts.values()].flatMap((each) => [...each.replaced]));
  for (const placed of objects) {
    if (platformKinds.has(placed.object.kind) || isReplaced(placed, replaced)) continue;
    const delivered = deliveredObject(placed);
    const object = scaled.has(identityOf(placed)) ? withoutReplicas(delivered) : delivered;
    const kept = drafts.add(addressOf(placed, index), place, object);
    if (kept !== undefined && !equalValues(kept, object)) log.diagnostics.push(twoForms(placed));
  }
  for (const application of index.estate.applications) {
    const own = workloadsOf(application, workloads);
    if (own.length === 0) continue;
    const derived = [
      ...own
        .map((workload) => scalerOf(workload, autoscalers, rollouts.get(application.name)))
        .filter((object) => object !== undefined),
      ...own.map(derivedDisruptionBudget).filter((object) => object !== undefined),
      ...(rollouts.get(application.name)?.objects ?? []),
      ...identityObjects(task, application, own),
      ...observationObjects(task, application, own),
    ];
    for (const object of derived) drafts.add(applicationAddress(application, application.tenant), place, object);
  }
}

/** A Rollout keeps its Deployment at zero: what scales it has to scale the Rollout. */
function scalerOf(
  { id, name }: Workload,
  autoscalers: ReadonlyMap<string, JsonObject | undefined>,
  rollouts: RolloutObjects | undefined,
): JsonObject | undefined {
  const scaler = autoscalers.get(id);
  const rollout = rollouts?.objects.find(
    ({ kind, metadata }) => kind === "Rollout" && asObject(metadata).name === name,
  );
  if (scaler === undefined || rollout === undefined) return scaler;
  const scaleTargetRef = { apiVersion: rollout["apiVersion"], kind: "Rollout", name };
  return { ...scaler, spec: { ...asObject(scaler["spec"]), scaleTargetRef } };
}

/** A cluster can hold an object in one form only. */
function twoForms({ environment, cluster, namespace, object }: PlacedObject): Diagnostic {
  const name = [...(namespace === undefined ? [] : [namespace]), object.kind, object.name].join("/");
  return diagnose(objectInTwoForms, { object: name, cluster, environment }, { place: object.locate([]) });
}

function workloadsOf({ name }: Application, workloads: readonly Workload[]): readonly Workload[] {
  return workloads.filter((workload) => workload.application === name);
}

/** A rollout controller makes the Service itself. */
function isReplaced({ object, namespace }: PlacedObject, replaced: ReadonlySet<string>): boolean {
  return object.kind === "Service" && replaced.has(`${namespace ?? ""}/${object.name}`);
}

/** An autoscaler is written only where users are: a declared load is that of production. */
function autoscalerOf({ index, place, log }: PlaceTask, workload: Workload): JsonObject | undefined {
  const application = workload.application === undefined ? undefined : index.applications.get(workload.application);
  if (application === undefined || place.environment.criticality !== "high") return undefined;
  const peak = peakReplicas(index.estate, application, workload);
  const autoscaler = derivedAutoscaler(workload, peak);
  if (autoscaler !== undefined && peak !== undefined) {
    const parameters = { workload: workload.label, peak };
    assumed(log, assume(autoscalerTarget, `Workload/${workload.label}`, parameters, workload.place));
  }
  return autoscaler;
}

/** Service accounts and authentications of triggers that are named and not defined. */
function identityObjects(
  task: PlaceTask,
  { name, place: declaredAt }: Application,
  workloads: readonly Workload[],
): readonly JsonObject[] {
  const { index, place, inputs } = task;
  const { identities } = inputs.facts.get(place.cluster.name) ?? noFacts;
  const clientId = Object.hasOwn(identities, name) ? identities[name] : undefined;
  const own = index.at(place).objects.filter(({ application }) => application === name);
  const triggers = derivedTriggerAuthentications(own, clientId);
  if (clientId === undefined && (triggers.length > 0 || workloads.some(asksWithIdentity))) {
    missFact(task, `The client id of the identity of ${name}`, "what its pods and triggers ask Azure with", declaredAt);
  }
  return [...derivedServiceAccounts(workloads, clientId), ...triggers];
}

/** Monitors where something collects them; rules on objectives where users are and a Prometheus of one's own evaluates them. */
function observationObjects(
  { index, place, inputs }: PlaceTask,
  { name, namespace }: Application,
  workloads: readonly Workload[],
): readonly JsonObject[] {
  const group = monitorGroup(place.cluster);
  if (group === undefined) return [];
  const ids = new Set(workloads.map(({ id }) => id));
  const services = index.at(place).services.filter((service) => service.workloads.some((id) => ids.has(id)));
  const hasRules = group === "monitoring.coreos.com" && place.environment.criticality === "high";
  const rules = hasRules ? (inputs.objectiveRules.get(name) ?? []) : [];
  const landsIn = namespace ?? workloads[0]?.namespace;
  return [
    ...derivedServiceMonitors(services, group),
    ...rules.map((rule) => ({ ...rule, metadata: { ...asObject(rule.metadata), namespace: landsIn } })),
  ];
}

function workloadIdentity({ kind, namespace, name }: Workload): string {
  return `${kind}/${namespace}/${name}`;
}

function identityOf({ object, namespace }: PlacedObject): string {
  return `${object.kind}/${namespace ?? ""}/${object.name}`;
}
