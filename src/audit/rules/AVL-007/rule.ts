import { asInteger, asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { matchesLabels, readLabelSelector } from "../../../estate/kubernetes/selector.ts";
import type { SpreadRule, Workload } from "../../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { admittingPools, countedZones, zonesOf } from "../../admission/admitting-nodes.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import { withSpread } from "../../fixes/spread-edit.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadChange } from "../../studies/structural-change.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

const zoneKey = "topology.kubernetes.io/zone";

/** AVL-007: replicas are kept apart over zones, by a constraint that selects them and that the pools can satisfy. */
export const zoneSpread: Rule = {
  id: "AVL-007",
  name: "zone-spread",
  title: "Replicas are spread over zones by a constraint that selects them and that the pools can satisfy.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools", "objectives"],
  peers: [
    { tool: "polaris", check: "topologySpreadConstraint", part: "1" },
    { tool: "kube-score", check: "pod-topology-spread-constraints", part: "2" },
  ],
  judges: "replicas",
  *evaluate(context) {
    const survivors = new Set(
      context.estate.applications.filter((application) => "zone" in application.recovery).map(({ name }) => name),
    );
    for (const workload of replicatedWorkloads(context)) {
      const unread = unreadableOf(workload, "replicas", "scheduling");
      if (unread !== undefined) {
        yield notReadable(workload, unread);
        continue;
      }
      if (effectiveReplicas(workload) < 2) continue;
      yield judge(context, workload, survivors.has(workload.application ?? ""));
    }
  },
};

function judge(context: AuditContext, workload: Workload, mustSurviveZone: boolean): RuleOutcome {
  const constraint = workload.spread.find(({ topologyKey }) => topologyKey === zoneKey);
  if (constraint === undefined) return missingConstraint(workload);
  const pools = admittingPools(context, workload);
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "4",
      place: constraint.place,
      missing: ["needs-P"],
      message: `Whether ${workload.label} can spread over zones depends on the node pools that admit it; none is declared.`,
    });
  }
  // No pool at all is AVL-027's.
  if (pools.length === 0) return passed(workload);
  const zones = zonesOf(pools);
  return (
    tooFewZones(workload, constraint, zones) ??
    unsatisfiable(context, workload, zones) ??
    tooFewReplicas(workload, constraint, zones) ??
    (mustSurviveZone ? merePreference(workload, constraint) : undefined) ??
    passed(workload)
  );
}

function missingConstraint(workload: Workload): RuleOutcome {
  const replicas = effectiveReplicas(workload);
  const declared = asList(workload.podSpec.topologySpreadConstraints).length > 0;
  const field = [...workload.podSpecPath, ...(declared ? ["topologySpreadConstraints"] : [])];
  const fix = workloadFix("Spread the pods over zones.", workload, [withSpread(workload, zoneKey)]);
  const keys = [...new Set(workload.spread.map(({ topologyKey }) => topologyKey))];
  if (keys.length > 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      field,
      message: `${workload.label} spreads over ${keys.join(", ")}, not over ${zoneKey}: one zone may hold all ${replicas} replicas.`,
      fix,
      ...workloadChange("zoneSpread", workload),
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: declared ? "2" : "1",
    field,
    message: declared
      ? `The spread constraints of ${workload.label} do not select its own pods, so they have no effect.`
      : `Nothing keeps the ${replicas} replicas of ${workload.label} apart over zones: the loss of one zone may take them all.`,
    fix: declared ? ownSelectorFix(workload) : fix,
    ...workloadChange("zoneSpread", workload),
  });
}

/** Constraints that select others are led back to the pods themselves. */
function ownSelectorFix(workload: Workload) {
  const constraints = asList(workload.podSpec.topologySpreadConstraints).map(asObject);
  const position = constraints.findIndex(({ topologyKey }) => topologyKey === zoneKey);
  const { path, value } = withSpread(workload, zoneKey);
  if (position < 0) return workloadFix("Spread the pods over zones.", workload, [{ path, value }]);
  const own = [...workload.podSpecPath, "topologySpreadConstraints", position, "labelSelector"];
  return workloadFix("Let the constraint select the labels of the pod template.", workload, [
    { path: own, value: asObject(value).labelSelector },
  ]);
}

function tooFewZones(workload: Workload, { place }: SpreadRule, zones: readonly string[]): RuleOutcome | undefined {
  if (zones.length >= 2) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "4",
    place,
    message: `${workload.label} asks for a spread over zones, but the pools that admit it offer ${zones.length === 0 ? "no zone" : `only zone ${zones.join(", ")}`}.`,
    fix: { description: "Give its node pool zones 1, 2 and 3." },
  });
}

interface StrictConstraint {
  readonly value: JsonObject;
  readonly field: FieldPath;
}

/** Constraints over zones with DoNotSchedule that select the workload's own pods. */
function strictConstraints({ podSpec, podSpecPath, podLabels }: Workload): readonly StrictConstraint[] {
  return asList(podSpec.topologySpreadConstraints).flatMap((item, position): StrictConstraint[] => {
    const value = asObject(item);
    const selector = readLabelSelector(value.labelSelector);
    if (value.topologyKey !== zoneKey || value.whenUnsatisfiable === "ScheduleAnyway" || selector === undefined)
      return [];
    if (selector.requirements.length === 0 || !matchesLabels(selector, podLabels)) return [];
    return [{ value, field: [...podSpecPath, "topologySpreadConstraints", position] }];
  });
}

/**
 * Zones that count but cannot take a pod stay empty, and so do those that `minDomains` asks for and nobody has: the
 * emptiest domain then has no pod, and each reachable zone takes `maxSkew` pods and no more.
 */
function unsatisfiable(context: AuditContext, workload: Workload, zones: readonly string[]): RuleOutcome | undefined {
  const replicas = effectiveReplicas(workload);
  for (const { value, field } of strictConstraints(workload)) {
    const honoursTaints = value.nodeTaintsPolicy === "Honor";
    const counted = countedZones(context, workload, honoursTaints) ?? [];
    const blind = counted.filter((zone) => !zones.includes(zone));
    const asked = asInteger(value.minDomains) ?? 1;
    const most = zones.length * Math.max(1, asInteger(value.maxSkew) ?? 1);
    if ((blind.length === 0 && asked <= counted.length) || replicas <= most) continue;
    const because =
      blind.length > 0
        ? `zone ${blind.join(", ")} counts as a domain, though taints or size keep its pods away`
        : `minDomains asks for ${asked} zones and the pools have ${counted.length}`;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      field,
      message: `Of the ${replicas} replicas of ${workload.label} at most ${most} can run: ${because}, and DoNotSchedule then lets no zone run ahead of the empty one.`,
      fix:
        blind.length > 0 && !honoursTaints
          ? workloadFix("Let the constraint count only the nodes that the pods tolerate.", workload, [
              { path: [...field, "nodeTaintsPolicy"], value: "Honor" },
            ])
          : { description: "Give the pools the zones that the constraint counts on, or make it ScheduleAnyway." },
    });
  }
  return undefined;
}

function tooFewReplicas(workload: Workload, { place }: SpreadRule, zones: readonly string[]): RuleOutcome | undefined {
  const replicas = effectiveReplicas(workload);
  if (replicas >= zones.length) return undefined;
  const empty = zones.length - replicas;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "5",
    severity: "low",
    place,
    message: `${workload.label} has ${replicas} replicas for ${zones.length} zones (${zones.join(", ")}): ${empty} ${empty === 1 ? "stays" : "stay"} empty and a lost zone takes ${Math.ceil(100 / replicas)}% of it.`,
    fix: { description: `Run at least ${zones.length} replicas.` },
  });
}

/** A preference may be outweighed by other scores; who promises to survive a zone needs the certainty. */
function merePreference(workload: Workload, constraint: SpreadRule): RuleOutcome | undefined {
  if (workload.spread.some(({ topologyKey, strength }) => topologyKey === zoneKey && strength === "required")) {
    return undefined;
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "6",
    severity: "medium",
    place: constraint.place,
    message: `The application of ${workload.label} declares recovery of a zone, but its spread over zones is a mere preference: under pressure one zone may hold all ${effectiveReplicas(workload)} replicas.`,
    fix: { description: "Make it whenUnsatisfiable: DoNotSchedule, with matchLabelKeys and minDomains (AVL-008)." },
  });
}
