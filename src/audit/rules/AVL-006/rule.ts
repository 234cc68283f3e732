import { asList, asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { SpreadRule, Workload } from "../../../estate/kubernetes/workload.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import { withSpread } from "../../fixes/spread-edit.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { replicatedWorkloads } from "../../workload-selection.ts";

const hostKey = "kubernetes.io/hostname";
const widerKeys = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];

/** AVL-006: replicas are kept apart over nodes by a rule that selects them. */
export const hostSpread: Rule = {
  id: "AVL-006",
  name: "host-spread",
  title: "Replicas are kept apart over nodes by anti-affinity or a spread constraint that selects them.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests"],
  peers: [
    { tool: "kube-linter", check: "no-anti-affinity" },
    { tool: "kube-score", check: "deployment-has-host-podantiaffinity" },
    { tool: "kube-score", check: "statefulset-has-host-podantiaffinity" },
  ],
  judges: "replicas",
  *evaluate(context) {
    for (const workload of replicatedWorkloads(context)) {
      const unread = unreadableOf(workload, "replicas", "scheduling");
      if (unread !== undefined) yield notReadable(workload, unread);
      else if (workload.replicas.maximum >= 2) yield judge(workload);
    }
  },
};

function judge(workload: Workload): RuleOutcome {
  if (workload.spread.some(keepsHostsApart) || claimsHostPort(workload)) return passed(workload);
  const { maximum } = workload.replicas;
  const foreign = foreignRule(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    field: foreign ?? workload.podSpecPath,
    message:
      foreign === undefined
        ? `Nothing keeps the ${maximum} replicas of ${workload.label} apart over nodes: one node may hold them all, and its drain or loss takes them together.`
        : `The rule that should keep the ${maximum} replicas of ${workload.label} apart over nodes does not select its own pods, so it has no effect.`,
    fix: workloadFix("Spread the pods over nodes.", workload, [withSpread(workload, hostKey)]),
  });
}

/** Pods that may not share a zone cannot share a node. */
function keepsHostsApart({ topologyKey, origin, strength }: SpreadRule): boolean {
  if (topologyKey === hostKey) return true;
  return origin === "podAntiAffinity" && strength === "required" && widerKeys.includes(topologyKey);
}

/** Two pods that claim one port of the host never share it. */
function claimsHostPort({ hostNetwork, containers }: Workload): boolean {
  return containers.some(({ value }) =>
    asList(value.ports).some((port) => isJsonObject(port) && (hostNetwork || port.hostPort !== undefined)),
  );
}

/** Path of a constraint over nodes that is there, but selects others. */
function foreignRule({ podSpec, podSpecPath }: Workload): readonly (string | number)[] | undefined {
  const position = asList(podSpec.topologySpreadConstraints).findIndex(
    (constraint) => asObject(constraint).topologyKey === hostKey,
  );
  if (position >= 0) return [...podSpecPath, "topologySpreadConstraints", position, "labelSelector"];
  const antiAffinity = asObject(asObject(podSpec.affinity).podAntiAffinity);
  for (const list of Object.keys(antiAffinity)) {
    const index = asList(antiAffinity[list]).findIndex((item) => {
      const term = asObject(item);
      return term.topologyKey === hostKey || asObject(term.podAffinityTerm).topologyKey === hostKey;
    });
    if (index >= 0) return [...podSpecPath, "affinity", "podAntiAffinity", list, index];
  }
  return undefined;
}
