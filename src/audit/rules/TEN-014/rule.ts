import { asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";
import { matchesRequired, readNodeAffinity } from "../../../scheduling/node-affinity.ts";
import { firstUntolerated, formatTaint, readTolerations } from "../../../scheduling/tolerations.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { boundsTolerations } from "../../tenancy/admission-policies.ts";
import { type PoolTenants, poolTenants } from "../../tenancy/pool-tenants.ts";
import { poolOutcome } from "../../tenancy/subject-outcome.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { workloadOutcome } from "../../workload-outcome.ts";

/** TEN-014: the pools of a tenant that wants nodes apart are its own, and it is proven. */
export const exclusivePools: Rule = {
  id: "TEN-014",
  name: "exclusive-pools",
  title: "Node pools of a tenant that wants nodes apart take no pod of another, and its pods go nowhere else.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools", "tenants"],
  judges: "objects",
  *evaluate(context) {
    const pools = poolTenants(context);
    for (const tenant of context.estate.tenants) {
      const wants = [tenant.accepts.nodePool, tenant.accepts.node].includes("separate");
      if (!wants || tenant.name === platformTenant) continue;
      for (const own of Map.groupBy(
        pools.filter(({ byTenant }) => byTenant.has(tenant.name)),
        ({ cluster }) => cluster.name,
      ).values()) {
        yield prove(context, tenant, own);
      }
    }
  },
};

/** The first clause of the proof that does not hold; a pass where all do. `own` are the pools that take its pods. */
function prove(context: AuditContext, tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome {
  return (
    untainted(context, tenant, own) ??
    straying(tenant, own) ??
    intruding(context, tenant, own) ??
    unguarded(context, tenant, own) ??
    proven(context, tenant, own)
  );
}

function guarded({ pool }: PoolTenants): boolean {
  return pool.taints.some(({ effect }) => effect !== "PreferNoSchedule");
}

function untainted({ estate }: AuditContext, tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome | undefined {
  const open = own.find((each) => !guarded(each));
  if (open === undefined) return undefined;
  const example = open.byTenant.get(tenant.name)?.[0];
  const where = example === undefined ? {} : { place: example.place };
  return poolOutcome(estate, open.cluster, open.pool, {
    ...where,
    verdict: "fail",
    part: "1",
    tenant: tenant.name,
    message: `Tenant ${tenant.name} wants nodes apart, and ${example?.label ?? "a pod of it"} may run on node pool ${open.pool.name}, which no NoSchedule or NoExecute taint keeps for it.`,
    fix: { description: `Select a pool of its own, and taint that for ${tenant.name}.` },
  });
}

/** Taints keep others out; only a required selector or affinity keeps its own pods in. */
function straying(tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome | undefined {
  const [first] = own;
  const others = first?.cluster.nodePools.filter(({ name }) => !own.some(({ pool }) => pool.name === name)) ?? [];
  for (const workload of own.flatMap(({ byTenant }) => byTenant.get(tenant.name) ?? [])) {
    const affinity = readNodeAffinity(workload.podSpec);
    const stray = others.find(({ labels, name, mode }) => {
      const all = {
        ...labels,
        "kubernetes.azure.com/agentpool": name,
        agentpool: name,
        "kubernetes.azure.com/mode": mode.toLowerCase(),
      };
      const selected = Object.entries(workload.nodeSelector).every(
        ([key, value]) => labelOf(all, key, value) === value,
      );
      return selected && matchesRequired(affinity, all, "");
    });
    if (stray === undefined) continue;
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      field: [...workload.podSpecPath, "nodeSelector"],
      message: `Tenant ${tenant.name} wants nodes apart, and no required selector or affinity of ${workload.label} keeps it off node pool ${stray.name}: only taints there do today.`,
      fix: { description: "Select the tenant's pool by a label of its own." },
    });
  }
  return undefined;
}

/** What nobody declares of a node, such as its zone or architecture, is taken to match. */
function labelOf(labels: { readonly [key: string]: string }, key: string, asked: string): string | undefined {
  if (labels[key] !== undefined) return labels[key];
  return key.startsWith("topology.kubernetes.io/") || key.startsWith("kubernetes.io/") ? asked : undefined;
}

function intruding(context: AuditContext, tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome | undefined {
  const { estate } = context;
  const foreign = estate.workloads.filter((workload) => ![tenant.name, platformTenant].includes(workload.tenant));
  for (const { cluster, pool } of own) {
    const intruder = foreign.find((workload) => workload.cluster === cluster.name && mayEnter(workload, pool));
    if (intruder === undefined) continue;
    return workloadOutcome(intruder, {
      verdict: "fail",
      part: "3",
      field: [...intruder.podSpecPath, asText(intruder.podSpec.nodeName) === undefined ? "tolerations" : "nodeName"],
      message: `${intruder.label} of tenant ${intruder.tenant} tolerates ${pool.taints.map(formatTaint).join(", ")} of node pool ${pool.name}, which tenant ${tenant.name} wants for itself.`,
      fix: { description: "Take the toleration away; tolerate by key and value, never by operator Exists alone." },
    });
  }
  return undefined;
}

/** Its tolerations let it in; its selector says only where it wants to go. A nodeName skips NoSchedule taints. */
function mayEnter({ tolerations, podSpec, opaque }: Workload, pool: PoolTenants["pool"]): boolean {
  if (opaque) return false;
  const named = asText(podSpec.nodeName) !== undefined;
  const taints = named ? pool.taints.filter(({ effect }) => effect === "NoExecute") : pool.taints;
  return firstUntolerated(taints, readTolerations(tolerations)) === undefined;
}

function unguarded(context: AuditContext, tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome | undefined {
  const { estate } = context;
  const [first] = own;
  if (first === undefined || boundsTolerations(estate, first.cluster.name)) return undefined;
  const missing = missingForAbsence(estate);
  const message = `that stops other tenants from tolerating the taints of ${own.map(({ pool }) => pool.name).join(", ")} or naming its nodes`;
  if (missing.length > 0) {
    return poolOutcome(estate, first.cluster, first.pool, {
      verdict: "notEvaluable",
      missing,
      tenant: tenant.name,
      message: `No admission policy was seen ${message}, but the input does not prove that there is none.`,
    });
  }
  return poolOutcome(estate, first.cluster, first.pool, {
    verdict: "fail",
    part: "4",
    tenant: tenant.name,
    message: `Cluster ${first.cluster.name} has no admission policy ${message}: the pools of tenant ${tenant.name} are its own only as long as nobody tries.`,
    fix: { description: "Refuse foreign tolerations and spec.nodeName with a ValidatingAdmissionPolicy or Kyverno." },
  });
}

function proven({ estate }: AuditContext, tenant: Tenant, own: readonly PoolTenants[]): RuleOutcome {
  const [first] = own;
  if (first === undefined) throw new Error("a tenant is judged only where pools take its pods");
  return poolOutcome(estate, first.cluster, first.pool, { verdict: "pass", message: "", tenant: tenant.name });
}
