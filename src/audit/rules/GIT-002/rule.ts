import { type ApiRemoval, apiRemoval } from "../../../catalog/api-removals.ts";
import { builtInTypeName } from "../../../estate/kubernetes/built-in-types.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { declaredMinorVersion } from "../../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { quietPass } from "../../estate-lookup/quiet-pass.ts";
import type { Fix } from "../../finding.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** GIT-002: the API server still serves what the manifests are written in. */
export const servedApiVersions: Rule = {
  id: "GIT-002",
  name: "served-api-versions",
  title: "Every manifest is written in an API version that its cluster serves now and after the next upgrade.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["manifests", "cluster"],
  peers: [{ tool: "kube-score", check: "stable-version" }],
  judges: "objects",
  *evaluate({ estate }) {
    for (const placed of lookupOf(estate).objects.objects) {
      const { apiVersion, kind } = placed.object;
      const removal = apiRemoval(apiVersion, kind);
      if (removal !== undefined) yield judge(estate, placed, removal);
      else if (builtInTypeName(apiVersion, kind) !== undefined) yield quietPass(placed);
    }
  },
};

function judge(estate: Estate, placed: PlacedObject, removal: ApiRemoval): RuleOutcome {
  const { cluster, object } = placed;
  const field = ["apiVersion"];
  const written = `${object.kind} ${object.name} is written in ${object.apiVersion}`;
  const minor = declaredMinorVersion(estate, cluster);
  if (minor === undefined) {
    const end = removal.removedIn === undefined ? "is deprecated" : `was removed in Kubernetes 1.${removal.removedIn}`;
    const message = `${written}, which ${end}; which version ${cluster} runs is not declared.`;
    return objectOutcome(estate, placed, { verdict: "notEvaluable", missing: ["needs-C"], field, message });
  }
  const { removedIn, deprecatedIn } = removal;
  const fix = fixFor(placed, removal);
  if (removedIn !== undefined && removedIn <= minor) {
    const message = `${written}, which Kubernetes 1.${removedIn} removed: ${cluster} runs 1.${minor} and refuses it.`;
    return objectOutcome(estate, placed, { verdict: "fail", part: "1", field, message, fix });
  }
  if (removedIn === minor + 1) {
    const message = `${written}, which Kubernetes 1.${removedIn} removes: ${cluster} runs 1.${minor}, and its next upgrade breaks this.`;
    return objectOutcome(estate, placed, { verdict: "fail", part: "3", severity: "medium", field, message, fix });
  }
  if (deprecatedIn > minor + 1) return quietPass(placed);
  const since =
    deprecatedIn <= minor
      ? `is deprecated since Kubernetes 1.${deprecatedIn}`
      : `the next Kubernetes version deprecates`;
  const end = removedIn === undefined ? "no removal is set" : `it goes with 1.${removedIn}`;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    severity: "low",
    field,
    message: `${written}, which ${since}; ${end}.`,
    fix,
  });
}

function fixFor(placed: PlacedObject, { replacement, sameFields }: ApiRemoval): Fix {
  if (replacement === undefined) return { description: "Nothing takes its place: use what replaced the feature." };
  if (sameFields) return editFix(`Write it in ${replacement}.`, placed, [{ path: ["apiVersion"], value: replacement }]);
  return { description: `Write it in ${replacement}; some fields have other names or meanings there.` };
}
