import { asInteger, asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { matchesLabels, readLabelSelector } from "../../../estate/kubernetes/selector.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { admittingPools } from "../../admission/admitting-nodes.ts";
import { rolloutOf } from "../../drain/rollout.ts";
import { declaredMinorVersion } from "../../estate-lookup/cluster-facts.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { replicatedWorkloads } from "../../workload-selection.ts";

/** `matchLabelKeys` and `minDomains` are on by default from this minor version on. */
const sinceMinor = 27;

const zoneKey = "topology.kubernetes.io/zone";

/** The label by which a controller tells the pods of one revision from those of another. */
const revisionLabels: { readonly [kind: string]: string } = {
  Deployment: "pod-template-hash",
  Rollout: "rollouts-pod-template-hash",
};

interface StrictConstraint {
  readonly value: JsonObject;
  readonly path: FieldPath;
}

/** AVL-008: a required spread counts the pods of the new revision alone, and zones that have no node at the moment. */
export const spreadSurvivesRollouts: Rule = {
  id: "AVL-008",
  name: "spread-survives-rollouts",
  title: "A required spread holds through rollouts and while a zone has no node.",
  severity: { high: "low", medium: "low", low: undefined },
  inputs: ["manifests", "cluster", "nodePools"],
  judges: "replicas",
  *evaluate(context) {
    for (const workload of replicatedWorkloads(context)) {
      if (workload.replicas.maximum < 2) continue;
      const constraints = strictConstraints(workload);
      if (constraints.length === 0) continue;
      const unread = unreadableOf(workload, "scheduling");
      if (unread === undefined) yield* judge(context, workload, constraints);
      else yield notReadable(workload, unread);
    }
  },
};

/** Constraints with DoNotSchedule that select the workload's own pods. */
function strictConstraints({ podSpec, podSpecPath, podLabels }: Workload): readonly StrictConstraint[] {
  return asList(podSpec.topologySpreadConstraints).flatMap((item, position): StrictConstraint[] => {
    const value = asObject(item);
    const selector = readLabelSelector(value.labelSelector);
    if (value.whenUnsatisfiable === "ScheduleAnyway" || selector === undefined) return [];
    if (selector.requirements.length === 0 || !matchesLabels(selector, podLabels)) return [];
    return [{ value, path: [...podSpecPath, "topologySpreadConstraints", position] }];
  });
}

function* judge(
  context: AuditContext,
  workload: Workload,
  constraints: readonly StrictConstraint[],
): Iterable<RuleOutcome> {
  const minor = declaredMinorVersion(context.estate, workload.cluster);
  const [first] = constraints;
  if (minor === undefined || minor < sinceMinor) {
    const reason =
      minor === undefined ? "which is not declared" : `and 1.${minor} has neither matchLabelKeys nor minDomains`;
    yield workloadOutcome(workload, {
      verdict: "notEvaluable",
      ...(first === undefined ? {} : { field: first.path }),
      missing: ["needs-C"],
      message: `Whether the required spread of ${workload.label} can hold through rollouts depends on the Kubernetes version of ${workload.cluster}, ${reason}.`,
    });
    return;
  }
  const outcomes = [mixedRevisions(workload, constraints), vanishingZones(context, workload, constraints)].filter(
    (outcome) => outcome !== undefined,
  );
  if (outcomes.length === 0) yield passed(workload);
  else yield* outcomes;
}

function mixedRevisions(workload: Workload, constraints: readonly StrictConstraint[]): RuleOutcome | undefined {
  const label = revisionLabels[workload.kind];
  if (label === undefined || rolloutOf(workload, workload.replicas.maximum)?.kind === "recreate") return undefined;
  const blind = constraints.find(({ value }) => !asList(value.matchLabelKeys).includes(label));
  if (blind === undefined) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: blind.path,
    message: `The required spread of ${workload.label} over ${asText(blind.value.topologyKey) ?? "its topology"} counts old and new pods together during a rollout: when the old ones are gone, the ${workload.replicas.maximum} new ones may sit unevenly, and nothing moves them.`,
    fix: workloadFix("Count the pods of one revision alone.", workload, [
      { path: [...blind.path, "matchLabelKeys"], value: [...asList(blind.value.matchLabelKeys), label] },
    ]),
  });
}

function vanishingZones(
  context: AuditContext,
  workload: Workload,
  constraints: readonly StrictConstraint[],
): RuleOutcome | undefined {
  const open = constraints.find(
    ({ value }) => value.topologyKey === zoneKey && asInteger(value.minDomains) === undefined,
  );
  if (open === undefined) return undefined;
  const pools = admittingPools(context, workload);
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "2",
      field: open.path,
      missing: ["needs-P"],
      message: `Whether a zone can be without a node for ${workload.label} depends on the node pools that admit it; none is declared.`,
    });
  }
  const sure = new Set(
    pools.filter(({ pool }) => pool.minimumNodes >= pool.zones.length).flatMap(({ zones }) => zones),
  );
  const shrinking = pools.filter(({ zones }) => zones.some((zone) => !sure.has(zone)));
  const [pool] = shrinking;
  if (pool === undefined || new Set(pools.flatMap(({ zones }) => zones)).size < 2) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: open.path,
    message: `Pool ${pool.pool.name} may shrink to ${pool.pool.minimumNodes} ${pool.pool.minimumNodes === 1 ? "node" : "nodes"} over ${pool.zones.length} zones, and a zone without a node is no domain: without minDomains all ${workload.replicas.maximum} pods of ${workload.label} may land in one zone.`,
    fix: workloadFix(
      "Ask for two zones at least; pods then wait for a node in a second zone instead of crowding into one.",
      workload,
      [{ path: [...open.path, "minDomains"], value: 2 }],
    ),
  });
}
