import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { declaredMinorVersion } from "../../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { unhealthyEvictionAdmission } from "./admission.ts";

/** The field is on by default from this minor version on (beta; stable from 1.31). */
const sinceMinor = 27;

const field = ["spec", "unhealthyPodEvictionPolicy"];

/** AVL-005: a pod that is not healthy does not stop a drain. */
export const unhealthyPodEviction: Rule = {
  id: "AVL-005",
  name: "unhealthy-pod-eviction",
  title: "A disruption budget lets pods go that are not healthy, so that a broken workload does not stop drains.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "cluster"],
  admission: unhealthyEvictionAdmission,
  peers: [{ tool: "kube-linter", check: "pdb-unhealthy-pod-eviction-policy" }],
  judges: "objects",
  *evaluate({ estate }) {
    for (const placed of lookupOf(estate).objects.ofKind("PodDisruptionBudget.policy")) yield judge(estate, placed);
  },
};

function judge(estate: Estate, placed: PlacedObject): RuleOutcome {
  const { name } = placed.object;
  const policy = asObject(placed.object.value.spec).unhealthyPodEvictionPolicy;
  if (policy === "AlwaysAllow") return passedObject(estate, placed);
  const minor = declaredMinorVersion(estate, placed.cluster);
  if (minor === undefined || minor < sinceMinor) {
    return objectOutcome(estate, placed, {
      verdict: "notEvaluable",
      field,
      missing: ["needs-C"],
      message:
        minor === undefined
          ? `Whether PodDisruptionBudget ${name} may say what happens to unhealthy pods depends on the Kubernetes version of ${placed.cluster}, which is not declared.`
          : `Kubernetes 1.${minor} of ${placed.cluster} ignores unhealthyPodEvictionPolicy, so PodDisruptionBudget ${name} cannot let unhealthy pods go before 1.${sinceMinor}.`,
    });
  }
  const stated = typeof policy === "string" ? policy : "the default IfHealthyBudget";
  return objectOutcome(estate, placed, {
    verdict: "fail",
    field,
    message: `PodDisruptionBudget ${name} holds back pods that run but are not Ready (${stated}): once too few are healthy, a crashing version can no longer be drained away.`,
    fix: editFix("Let unhealthy pods go: they serve nobody.", placed, [{ path: field, value: "AlwaysAllow" }]),
  });
}
