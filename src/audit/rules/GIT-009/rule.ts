import { asList, asObject, asStringMap, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** GIT-009: one owner of the number of replicas. */
export const replicasOwnedOnce: Rule = {
  id: "GIT-009",
  name: "replicas-owned-once",
  title: "Where an autoscaler decides the number of replicas, Git does not.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "deliveryObjects"],
  peers: [{ tool: "kube-score", check: "deployment-targeted-by-hpa-does-not-have-replicas-configured" }],
  judges: "objects",
  *evaluate({ estate }) {
    const canaries = canaryTargets(estate);
    const ignoring = ignoringApplications(estate);
    for (const workload of estate.workloads) {
      const owner = ownerOf(workload, canaries);
      if (owner !== undefined) yield judge(workload, owner, ignoring);
    }
  },
};

function ownerOf(workload: Workload, canaries: ReadonlyMap<string, string>): string | undefined {
  const { autoscaler } = workload.replicas;
  if (autoscaler !== undefined) return `${autoscaler.kind} ${autoscaler.name}`;
  return canaries.get(`${scopeKey(workload)}/${workload.kind}/${workload.name}`);
}

/** Flagger scales the workload that a Canary names down to 0 between releases. */
function canaryTargets(estate: Estate): ReadonlyMap<string, string> {
  return new Map(
    lookupOf(estate)
      .objects.ofKind("Canary.flagger.app")
      .map((placed) => {
        const target = asObject(valueAt(placed.object.value, ["spec", "targetRef"]));
        const kind = asText(target.kind) ?? "Deployment";
        return [`${scopeKey(placed)}/${kind}/${asText(target.name) ?? ""}`, `Canary ${placed.object.name}`];
      }),
  );
}

interface IgnoringApplication {
  readonly environment: string;
  readonly namespace: string | undefined;
  readonly kinds: readonly string[];
}

/** Argo CD applications that leave `spec.replicas` to others. */
function ignoringApplications(estate: Estate): readonly IgnoringApplication[] {
  return lookupOf(estate)
    .objects.ofKind("Application.argoproj.io")
    .flatMap(({ environment, object }) => {
      const spec = asObject(object.value.spec);
      const kinds = asList(spec.ignoreDifferences).flatMap((each) => {
        const { kind, jsonPointers, jqPathExpressions } = asObject(each);
        const paths = [...asList(jsonPointers), ...asList(jqPathExpressions)];
        return paths.some((path) => path === "/spec/replicas" || path === ".spec.replicas")
          ? [asText(kind) ?? "*"]
          : [];
      });
      return kinds.length === 0
        ? []
        : [{ environment, namespace: asText(asObject(spec.destination).namespace), kinds }];
    });
}

function judge(workload: Workload, owner: string, ignoring: readonly IgnoringApplication[]): RuleOutcome {
  const { object, label } = workload;
  const field = ["spec", "replicas"];
  const stated = valueAt(object.value, field);
  // A HorizontalPodAutoscaler is switched off by 0 replicas: that is a decision that only Git can hold.
  const isOff = stated === 0 && workload.replicas.autoscaler?.kind === "HorizontalPodAutoscaler";
  const isAppliedOnce =
    asStringMap(asObject(object.value.metadata).annotations)["kustomize.toolkit.fluxcd.io/ssa"] === "IfNotPresent";
  const isIgnored = ignoring.some(
    ({ environment, namespace, kinds }) =>
      environment === workload.environment &&
      (namespace === undefined || namespace === workload.namespace) &&
      (kinds.includes(workload.kind) || kinds.includes("*")),
  );
  if (stated === undefined || stated === null || isOff || isAppliedOnce || isIgnored) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    field,
    message: `${label} states replicas: ${JSON.stringify(stated)} in Git while ${owner} decides them: each delivery sets them back to that, whatever the load.`,
    fix: workloadFix("Take replicas out of Git.", workload, [{ path: field, value: undefined }]),
  });
}
