import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

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
    const zoneSurvivors = new Set(
      context.estate.applications.filter((application) => "zone" in application.recovery).map(({ name }) => name),
    );
    for (const workload of replicatedWorkloads(context)) {
      yield judge(workload, workload.application !== undefined && zoneSurvivors.has(workload.application));
    }
  },
};

function judge(workload: Workload, mustSurviveZone: boolean): RuleOutcome {
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const replicas = effectiveReplicas(workload);
  const place = replicasPlace(workload);
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
      fix: { description: "Run at least two replicas.", ...fixPatch(workload, 2) },
    });
  }
  if (mustSurviveZone && replicas < zonesToSurvive) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      place,
      message: `${workload.label} runs ${replicas} replicas, but its application declares recovery of a zone: with fewer than ${zonesToSurvive} a zone can hold half of it.`,
      fix: { description: "Run one replica in each of three zones.", ...fixPatch(workload, zonesToSurvive) },
    });
  }
  return passed(workload);
}

function replicasPlace(workload: Workload) {
  return workload.replicas.autoscaler?.place ?? workload.object.locate(["spec", "replicas"]);
}

function fixPatch({ replicas }: Workload, count: number): { patch?: string } {
  if (replicas.autoscaler === undefined) return { patch: `spec:\n  replicas: ${count}\n` };
  const field = replicas.autoscaler.kind === "ScaledObject" ? "minReplicaCount" : "minReplicas";
  return { patch: `spec:\n  ${field}: ${count}\n` };
}
