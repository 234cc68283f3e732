import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { type EstateLookup, lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { Fix } from "../../finding.ts";
import { editFix, workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { workloadChange } from "../../studies/structural-change.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";
import { keepsData } from "./keeps-data.ts";

const zonesToSurvive = 3;

/** AVL-001: enough replicas to lose one, and one in each zone where a zone's loss must not stop the application. */
export const enoughReplicas: Rule = {
  id: "AVL-001",
  name: "enough-replicas",
  title: "A workload keeps serving when one replica, or one zone where its objective asks for it, is lost.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "objectives"],
  judges: "replicas",
  peers: [
    { tool: "kube-linter", check: "minimum-three-replicas" },
    { tool: "kube-score", check: "deployment-replicas" },
    { tool: "polaris", check: "deploymentMissingReplicas" },
    { tool: "datree", check: "DEPLOYMENT_INCORRECT_REPLICAS_VALUE" },
    { tool: "gatekeeper", check: "replicalimits" },
  ],
  *evaluate(context) {
    const lookup = lookupOf(context.estate);
    const zoneSurvivors = new Set(
      context.estate.applications.filter((application) => "zone" in application.recovery).map(({ name }) => name),
    );
    for (const workload of replicatedWorkloads(context)) {
      yield judge(lookup, workload, workload.application !== undefined && zoneSurvivors.has(workload.application));
    }
  },
};

function judge(lookup: EstateLookup, workload: Workload, mustSurviveZone: boolean): RuleOutcome {
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const replicas = effectiveReplicas(workload);
  const floor = floorOf(lookup, workload);
  const place = floorPlace(workload, floor);
  if (replicas === 0) return switchedOff(lookup, workload, floor);
  if (replicas < 2) {
    const origin =
      workload.replicas.autoscaler === undefined
        ? "spec.replicas"
        : `the floor of ${workload.replicas.autoscaler.kind} ${workload.replicas.autoscaler.name}`;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      place,
      message: `${workload.label} runs ${replicas} ${replicas === 1 ? "replica" : "replicas"} (${origin}): losing it, or draining its node, stops it.`,
      fix: floorFix("Run at least two replicas.", workload, floor, 2),
      ...workloadChange("replicas", workload),
    });
  }
  if (mustSurviveZone && replicas < zonesToSurvive) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      place,
      message: `${workload.label} runs ${replicas} replicas, but its application declares recovery of a zone: with fewer than ${zonesToSurvive} a zone can hold half of it.`,
      fix: floorFix("Run one replica in each of three zones.", workload, floor, zonesToSurvive),
      ...workloadChange("replicas", workload),
    });
  }
  return passed(workload);
}

/** What nobody runs cannot be lost; what starts on demand keeps those waiting who talk to it, but no queue. */
function switchedOff({ servicesOf }: EstateLookup, workload: Workload, floor: Floor): RuleOutcome {
  const { autoscaler } = workload.replicas;
  const place = floorPlace(workload, floor);
  if (autoscaler === undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      severity: "info",
      place,
      message: `${workload.label} is switched off (spec.replicas 0): nothing of it runs that could be lost.`,
      fix: { description: "Delete it, or run at least two replicas." },
    });
  }
  const [service] = servicesOf.get(workload.id) ?? [];
  const origin = `the floor of ${autoscaler.kind} ${autoscaler.name} is 0`;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    ...(service === undefined ? { severity: "low" as const } : {}),
    place,
    message:
      service === undefined
        ? `${workload.label} runs only while there is work (${origin}, and no Service leads to it): the first message waits for a start, and for a node where none is free.`
        : `${workload.label} may run no replica (${origin}), and Service ${service.name} leads to it: its first caller is refused until a pod has started.`,
    fix: floorFix(
      "Run at least two replicas, or exempt it where the wait for a start is accepted.",
      workload,
      floor,
      2,
    ),
  });
}

/** The object and field that decide how many replicas there are at least. */
interface Floor {
  readonly placed: PlacedObject | undefined;
  readonly field: readonly string[];
}

function floorOf({ objects }: EstateLookup, workload: Workload): Floor {
  const { autoscaler } = workload.replicas;
  if (autoscaler === undefined) return { placed: undefined, field: ["spec", "replicas"] };
  const isKeda = autoscaler.kind === "ScaledObject";
  const kind = isKeda ? "ScaledObject.keda.sh" : "HorizontalPodAutoscaler.autoscaling";
  return {
    placed: objects.find(workload, kind, autoscaler.name),
    field: ["spec", isKeda ? "minReplicaCount" : "minReplicas"],
  };
}

function floorPlace(workload: Workload, { placed, field }: Floor) {
  return placed?.object.locate(field) ?? workload.replicas.autoscaler?.place ?? workload.object.locate(field);
}

/** One edit: a floor above the ceiling would be refused, so that rises with it. */
function floorFix(description: string, workload: Workload, { placed, field }: Floor, count: number): Fix {
  if (placed === undefined) {
    // More replicas of what keeps data are not yet a cluster.
    return workload.replicas.autoscaler === undefined && !keepsData(workload)
      ? workloadFix(description, workload, [{ path: field, value: count }])
      : { description };
  }
  const ceiling = placed.object.kind === "ScaledObject" ? "maxReplicaCount" : "maxReplicas";
  return editFix(description, placed, [
    { path: field, value: count },
    ...(workload.replicas.maximum < count ? [{ path: ["spec", ceiling], value: count }] : []),
  ]);
}
