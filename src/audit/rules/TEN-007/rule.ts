import type { Estate } from "../../../estate/model/estate.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { declaredMinorVersion } from "../../estate-lookup/cluster-facts.ts";
import type { Fix } from "../../finding.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import { evaluatePod } from "../../pod-security/evaluate-pod.ts";
import type { PodSecurityLevel } from "../../pod-security/pod-security-check.ts";
import {
  compareLevels,
  type NamespacePolicies,
  type PodSecurityPolicy,
  podSecurityLabel,
  policiesOfNamespace,
} from "../../pod-security/pod-security-policy.ts";
import { podsOfWorkload } from "../../pod-security/workload-pods.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { namespaceOutcome } from "../../tenancy/subject-outcome.ts";
import { type TenantNamespace, tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";
import { wantedLevel } from "../../tenancy/wanted-level.ts";

/** TEN-007: admission holds the pods of each namespace to a level of the Pod Security Standards. */
export const podSecurityLevel: Rule = {
  id: "TEN-007",
  name: "pod-security-level",
  title: "Every namespace of a tenant enforces a level of the Pod Security Standards, at a fixed version.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["namespaces", "tenants", "cluster"],
  judges: "objects",
  peers: [
    { tool: "kyverno", check: "add-psa-labels" },
    { tool: "pod-security-admission", check: "enforce" },
  ],
  *evaluate({ estate }) {
    for (const namespace of tenantNamespaces(estate)) yield judge(estate, namespace);
  },
};

const labels: FieldPath = ["metadata", "labels"];
const enforceLabel = podSecurityLabel("enforce");

function judge(estate: Estate, namespace: TenantNamespace): RuleOutcome {
  const { namespace: name, declared, tenant } = namespace;
  if (declared === undefined) {
    return namespaceOutcome(namespace, {
      verdict: "notEvaluable",
      missing: ["needs-N"],
      message: `The Namespace ${name} is not in the input, so the level that it enforces is not known.`,
    });
  }
  const policies = policiesOfNamespace(namespace.labels);
  const [invalid] = policies.invalid;
  if (invalid !== undefined) return isInvalid(namespace, invalid);
  const wanted = wantedLevel(estate, namespace);
  const { level } = policies.enforce;
  if (compareLevels(level, wanted) >= 0) return judgeVersion(estate, namespace, policies);
  const soft = strongestOf(policies);
  const isSoft = compareLevels(soft, wanted) >= 0 && namespace.labels[enforceLabel] === undefined;
  const stated = namespace.labels[enforceLabel] === undefined ? "enforces no level" : `enforces only ${level}`;
  return namespaceOutcome(namespace, {
    verdict: "fail",
    part: isSoft ? "2" : "1",
    field: [...labels, ...(namespace.labels[enforceLabel] === undefined ? [] : [enforceLabel])],
    message: isSoft
      ? `Namespace ${name} only warns or logs at ${soft}: a pod that takes the node is let in all the same.`
      : `Namespace ${name} ${stated} of the Pod Security Standards, and tenant ${tenant} needs at least ${wanted}: its pods may take the node.`,
    fix: enforceFix(namespace, { level: wanted, minor: commonMinorVersion(estate, namespace) ?? "latest" }),
  });
}

function isInvalid(
  namespace: TenantNamespace,
  { label, value }: { readonly label: string; readonly value: string },
): RuleOutcome {
  const counts = label.endsWith("-version") ? "latest" : label === enforceLabel ? "restricted" : "privileged";
  return namespaceOutcome(namespace, {
    verdict: "fail",
    part: "4",
    field: [...labels, label],
    message: `Label ${label} of namespace ${namespace.namespace} has the invalid value "${value}": the API server refuses it, and where it stands already it counts as ${counts}.`,
    fix: { description: "Write privileged, baseline or restricted; versions as latest or v1.N." },
  });
}

function strongestOf({ audit, warn }: NamespacePolicies): PodSecurityLevel {
  return compareLevels(audit.level, warn.level) > 0 ? audit.level : warn.level;
}

function judgeVersion(estate: Estate, namespace: TenantNamespace, { enforce }: NamespacePolicies): RuleOutcome {
  if (enforce.minor !== "latest") return namespaceOutcome(namespace, { verdict: "pass", message: "" });
  const minor = commonMinorVersion(estate, namespace);
  const label = `${enforceLabel}-version`;
  const description = "Fix the version, and raise it in a change of its own after an upgrade of the cluster.";
  return namespaceOutcome(namespace, {
    verdict: "fail",
    part: "3",
    severity: "low",
    field: [...labels, ...(namespace.labels[label] === undefined ? [enforceLabel] : [label])],
    message: `Namespace ${namespace.namespace} enforces ${enforce.level} without a fixed version: an upgrade of the cluster may turn away pods that run today.`,
    fix:
      minor === undefined || namespace.declared === undefined
        ? { description }
        : editFix(description, namespace.declared, [{ path: [...labels, label], value: `v1.${minor}` }]),
  });
}

/** The newest version that every cluster with the namespace knows, so that environments can share one manifest. */
function commonMinorVersion(estate: Estate, { namespace }: TenantNamespace): number | undefined {
  const clusters = estate.objects
    .filter(({ object }) => object.kind === "Namespace" && object.name === namespace)
    .map(({ cluster }) => cluster);
  const minors = [...new Set(clusters)].map((cluster) => declaredMinorVersion(estate, cluster) ?? Number.NaN);
  const lowest = Math.min(...minors);
  return Number.isFinite(lowest) ? lowest : undefined;
}

/** Written by machine only where every pod of the namespace that is known already conforms. */
function enforceFix({ declared, workloads }: TenantNamespace, policy: PodSecurityPolicy): Fix {
  const violating = workloads.filter(
    (workload) => workload.opaque || evaluatePod(podsOfWorkload(workload).pod, policy).some(isNoPass),
  );
  const description = `Enforce ${policy.level} in the namespace.`;
  if (violating.length > 0 || declared === undefined) {
    const first = violating[0]?.label;
    return {
      description: `${description} ${violating.length === 1 ? `${first} has` : `${violating.length} workloads, ${first} first, have`} to conform before.`,
    };
  }
  const conforming = `${description} Its ${workloads.length} known workloads conform already.`;
  // Without a version to fix it at, the rule would fail again.
  if (policy.minor === "latest") return { description: `${conforming} State the Kubernetes version of the cluster.` };
  return editFix(conforming, declared, [
    { path: [...labels, enforceLabel], value: policy.level },
    { path: [...labels, `${enforceLabel}-version`], value: `v1.${policy.minor}` },
  ]);
}

function isNoPass({ verdict }: { readonly verdict: string }): boolean {
  return verdict !== "pass";
}
