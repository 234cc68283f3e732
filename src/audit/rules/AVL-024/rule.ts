import { formatFieldPath } from "../../../estate/kubernetes/field-path.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { objectId, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { type ResourceMetric, resourceMetrics } from "../../autoscaling/resource-metrics.ts";
import { readScalers, type Scaler, targetId } from "../../autoscaling/scalers.ts";
import { resourcesOfVerticalAutoscaler } from "../../autoscaling/vertical-autoscaler.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

const fields = { cpu: "cpuMillicores", memory: "memoryBytes" } as const;

/** AVL-024: what an autoscaler measures exists, and nobody else turns the same screw. */
export const autoscalerInputs: Rule = {
  id: "AVL-024",
  name: "autoscaler-inputs",
  title: "What an autoscaler measures is defined for every container, and no second scaler works against it.",
  severity: { high: "high", medium: "medium", low: "medium" },
  inputs: ["manifests"],
  judges: "objects",
  *evaluate({ estate }) {
    const { workloads, objects } = lookupOf(estate);
    const vertical = Map.groupBy(objects.ofKind("VerticalPodAutoscaler.autoscaling.k8s.io"), verticalTarget);
    for (const [target, scalers] of Map.groupBy(readScalers(estate), targetId)) {
      const workload = workloads.get(target);
      for (const scaler of scalers) {
        const outcomes = [
          workload === undefined || workload.opaque ? undefined : undefinedUtilization(estate, scaler, workload),
          fightsVertical(estate, scaler, vertical.get(target)?.[0]),
          secondScaler(estate, scaler, scalers),
        ].filter((outcome) => outcome !== undefined);
        if (outcomes.length === 0) yield passedObject(estate, scaler.placed);
        else yield* outcomes;
      }
    }
  },
};

function verticalTarget(placed: PlacedObject): string {
  const { kind, name } = asObject(asObject(placed.object.value.spec).targetRef);
  return `${scopeKey(placed)}/${asText(kind) ?? ""}/${asText(name) ?? ""}`;
}

/** Utilization is a share of the request; without one on any container the autoscaler has no metric at all. */
function undefinedUtilization(estate: Estate, { placed }: Scaler, workload: Workload): RuleOutcome | undefined {
  for (const metric of resourceMetrics(placed)) {
    const container = workload.containers.find((each) => lacksRequest(each, metric, workload));
    if (container === undefined) continue;
    const path = [...container.path, "resources"];
    const unread = workload.unreadable.find(({ path: other }) =>
      container.path.every((step, at) => other[at] === step),
    );
    const name = `${placed.object.kind} ${placed.object.name}`;
    if (unread !== undefined) {
      return objectOutcome(estate, placed, {
        verdict: "notEvaluable",
        part: "1",
        place: unread.place,
        missing: [unread.reason === "unresolved-variable" ? unread.reason : "unparsable-dependency"],
        message: `Whether ${name} can measure ${metric.resource} depends on ${formatFieldPath(unread.path)} of ${workload.label}, which cannot be read.`,
      });
    }
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "1",
      place: workload.object.locate(path),
      message: `${name} scales by ${metric.resource} utilization, but container ${container.name} of ${workload.label} requests no ${metric.resource}: the share cannot be computed, and it never scales.`,
      fix: { description: `Request ${metric.resource} in every container of the pod, sidecars too.` },
    });
  }
  return undefined;
}

function lacksRequest(
  container: Container,
  { resource, container: only }: ResourceMetric,
  workload: Workload,
): boolean {
  if (container.role !== "main" && container.role !== "sidecar") return false;
  if (only !== undefined && container.name !== only) return false;
  const ofPod = asObject(asObject(workload.podSpec.resources).requests)[resource];
  return ofPod === undefined && container.requests[fields[resource]] === undefined;
}

function fightsVertical(
  estate: Estate,
  { placed }: Scaler,
  vertical: PlacedObject | undefined,
): RuleOutcome | undefined {
  if (vertical === undefined) return undefined;
  const controlled = resourcesOfVerticalAutoscaler(vertical.object.value);
  const shared = resourceMetrics(placed).find(({ resource }) => controlled.includes(resource))?.resource;
  if (shared === undefined) return undefined;
  const path = ["spec", "updatePolicy", "updateMode"];
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    place: vertical.object.locate(path),
    message: `${placed.object.kind} ${placed.object.name} scales by ${shared} utilization while VerticalPodAutoscaler ${vertical.object.name} changes the ${shared} request that it is a share of: each answers the other, and the number of pods swings.`,
    fix: editFix("Let the vertical autoscaler only advise.", vertical, [{ path, value: "Off" }]),
  });
}

/** Reported at every scaler but the first. */
function secondScaler(estate: Estate, { placed, target }: Scaler, scalers: readonly Scaler[]): RuleOutcome | undefined {
  const [first] = scalers;
  if (first === undefined || target === undefined || objectId(first.placed) === objectId(placed)) return undefined;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "3",
    field: ["spec", "scaleTargetRef"],
    message: `${placed.object.kind} ${placed.object.name} and ${first.placed.object.kind} ${first.placed.object.name} both scale ${target.kind}/${target.name}: each undoes what the other decides.`,
    fix: { description: "Keep one; put the metrics of both into it." },
  });
}
