import type { Estate } from "../../../estate/model/estate.ts";
import type { Binding } from "../../../tenancy/rbac/bindings.ts";
import { isBroadGroup, type Subject, subjectInWords } from "../../../tenancy/rbac/subject.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { bindingOutcome } from "../../tenancy/binding-outcome.ts";
import { clusterRbac } from "../../tenancy/cluster-rbac.ts";
import { namespacesOf, platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-019: roles are bound to somebody, and to nobody of another tenant. */
export const broadBindings: Rule = {
  id: "TEN-019",
  name: "broad-bindings",
  title: "No role is bound to everybody, to the default service account or to another tenant's.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "rbac", "tenants"],
  judges: "objects",
  peers: [
    { tool: "kyverno", check: "restrict-binding-system-groups" },
    { tool: "gatekeeper", check: "K8sDisallowAnonymous" },
    { tool: "kubescape", check: "C-0262" },
  ],
  *evaluate({ estate }) {
    for (const { cluster, bindings } of clusterRbac(estate)) {
      const owners = new Map(
        namespacesOf(estate).flatMap((each) => (each.cluster === cluster ? [[each.namespace, each.tenant]] : [])),
      );
      for (const tenant of estate.tenants) {
        for (const namespace of tenant.namespaces) if (!owners.has(namespace)) owners.set(namespace, tenant.name);
      }
      for (const binding of bindings) {
        if (binding.place !== undefined) yield judge(estate, { cluster, binding, owners });
      }
    }
  },
};

interface BindingOfCluster {
  readonly cluster: string;
  readonly binding: Binding;
  /** Tenants by namespace. */
  readonly owners: ReadonlyMap<string, string>;
}

/** One team may hand its rights from one namespace to another: monitoring does. */
function areOneTeam({ tenants }: Estate, ...names: readonly string[]): boolean {
  return names.every((name) => tenants.find((tenant) => tenant.name === name)?.trust === "team");
}

function judge(estate: Estate, { cluster, binding, owners }: BindingOfCluster): RuleOutcome {
  const granted = `${binding.role.kind} ${binding.role.name}${binding.namespace === undefined ? " on the whole cluster" : ` in namespace ${binding.namespace}`}`;
  const holder = binding.namespace === undefined ? binding.tenant : (owners.get(binding.namespace) ?? binding.tenant);
  for (const subject of binding.subjects) {
    const problem = problemOf(subject, holder, owners);
    const owner = subject.kind === "ServiceAccount" ? (owners.get(subject.namespace) ?? holder) : holder;
    if (problem === undefined || (problem.part === "3" && areOneTeam(estate, owner, holder))) continue;
    return bindingOutcome(estate, cluster, binding, {
      field: ["subjects"],
      verdict: "fail",
      part: problem.part,
      message: `${binding.kind} ${binding.name} gives ${granted} to ${subjectInWords(subject)}: ${problem.words}.`,
      fix: { description: problem.fix },
    });
  }
  return bindingOutcome(estate, cluster, binding, { verdict: "pass", message: "" });
}

function problemOf(subject: Subject, holder: string, owners: ReadonlyMap<string, string>) {
  if (isBroadGroup(subject)) {
    const everybody = subject.name === "system:unauthenticated" ? "whoever reaches the API server" : "every tenant";
    return { part: "1", words: `that is ${everybody}`, fix: "Bind it to the group or service account that needs it." };
  }
  if (subject.kind === "User" && subject.name === "system:anonymous") {
    return { part: "1", words: "that is whoever reaches the API server", fix: "Bind it to somebody." };
  }
  if (subject.kind !== "ServiceAccount") return undefined;
  const owner = owners.get(subject.namespace);
  if (owner !== undefined && owner !== holder && owner !== platformTenant && holder !== platformTenant) {
    return {
      part: "3",
      words: `it belongs to tenant ${owner}, and what it opens to tenant ${holder}`,
      fix: "Let the tenants talk over a Service, or move the account.",
    };
  }
  if (subject.name === "default") {
    return {
      part: "2",
      words: "every pod of its namespace that names no account has the same rights",
      fix: "Make a service account for the pods that need it, and bind that.",
    };
  }
  return undefined;
}
