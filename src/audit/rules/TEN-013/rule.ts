import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { asList, asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";
import { type RuntimeClass, readRuntimeClasses, runtimeClassOf } from "../../../scheduling/runtime-class.ts";
import { admittingPools } from "../../admission/admitting-nodes.ts";
import { clusterWithDeclaredPools, minorVersion } from "../../estate-lookup/cluster-facts.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { poolTenants } from "../../tenancy/pool-tenants.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const firstMinor = aksClusterFacts.sandboxingSinceMinor.value;

/** TEN-013: who wants a kernel apart and shares nodes runs in virtual machines. */
export const sandboxedTenant: Rule = {
  id: "TEN-013",
  name: "sandboxed-tenant",
  title: "Pods of a tenant that wants its kernel apart run in a sandbox, or on nodes of its own.",
  severity: { high: "critical", medium: "high", low: "low" },
  inputs: ["manifests", "nodePools", "tenants"],
  judges: "objects",
  peers: [{ tool: "kubescape", check: "C-0297" }],
  *evaluate(context) {
    const { estate } = context;
    const classes = readRuntimeClasses(estate);
    const tenants = new Map(estate.tenants.map((tenant) => [tenant.name, tenant]));
    for (const workload of estate.workloads) {
      const tenant = tenants.get(workload.tenant);
      if (tenant === undefined || tenant.name === platformTenant || tenant.accepts.kernel !== "separate") continue;
      if (workload.opaque) continue;
      yield judge(context, {
        workload,
        tenant,
        runtimeClass: runtimeClassOf(classes, workload.cluster, workload.runtimeClassName),
      });
    }
  },
};

interface Sandboxing {
  readonly workload: Workload;
  readonly tenant: Tenant;
  readonly runtimeClass: RuntimeClass | undefined;
}

function judge(context: AuditContext, sandboxing: Sandboxing): RuleOutcome {
  const { workload, runtimeClass } = sandboxing;
  if (runtimeClass?.sandboxed === true) return judgeSandbox(context, workload);
  return judgeNodes(context, sandboxing);
}

/** Without a sandbox, nodes that no other tenant's pods can reach do as well. */
function judgeNodes(context: AuditContext, { workload, tenant }: Sandboxing): RuleOutcome {
  const cluster = clusterWithDeclaredPools(context.estate, workload.cluster);
  if (cluster === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      missing: ["needs-P"],
      message: `Tenant ${tenant.name} wants its kernel apart, ${workload.label} runs in no sandbox, and whether it has nodes of its own cannot be told: the node pools of ${workload.cluster} are not declared.`,
    });
  }
  const reached = poolTenants(context).filter(
    (each) => each.cluster.name === cluster.name && each.workloads.includes(workload),
  );
  const shared = reached.find(({ byTenant }) => byTenant.size > 1);
  if (shared === undefined) return passed(workload);
  const [other, [example] = []] = [...shared.byTenant].find(([name]) => name !== tenant.name) ?? [];
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: [...workload.podSpecPath, "runtimeClassName"],
    message: `Tenant ${tenant.name} wants its kernel apart, and ${workload.label} runs in no sandbox on node pool ${shared.pool.name}, which also takes ${example?.label ?? "pods"} of ${other ?? "others"}.`,
    fix: {
      description:
        "Run it with runtimeClassName kata-vm-isolation on a pool with KataVmIsolation, or on a pool of its own.",
    },
  });
}

function judgeSandbox(context: AuditContext, workload: Workload): RuleOutcome {
  const reach = reachOut(workload);
  if (reach !== undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      field: reach.field,
      message: `${workload.label} runs in a sandbox and ${reach.words}, which a sandbox ${reach.consequence}.`,
      fix: { description: "Do without it." },
    });
  }
  const pools = admittingPools(context, workload);
  const cluster = clusterWithDeclaredPools(context.estate, workload.cluster);
  if (pools !== undefined && cluster !== undefined && !pools.some(({ pool }) => canSandbox(context, cluster, pool))) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      field: [...workload.podSpecPath, "runtimeClassName"],
      message: `${workload.label} asks for the sandbox ${workload.runtimeClassName ?? ""}, and no node pool of ${cluster.name} that admits it can give one (${reasonNone(
        context,
        cluster,
        pools.map(({ pool }) => pool),
      )}).`,
      fix: { description: "Give it a pool with workloadRuntime KataVmIsolation on Azure Linux." },
    });
  }
  const unlimited = workload.containers.find(
    ({ role, limits }) => (role === "main" || role === "sidecar") && limits.memoryBytes === undefined,
  );
  if (unlimited !== undefined && asObject(asObject(workload.podSpec.resources).limits).memory === undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      severity: "medium",
      container: unlimited,
      field: [...unlimited.path, "resources", "limits"],
      message: `Container ${unlimited.name} of ${workload.label} has no memory limit: its virtual machine gets ${aksClusterFacts.sandboxDefaultMemoryMiB.value} MiB, whatever the node has.`,
      fix: { description: "Limit its memory to what it needs." },
    });
  }
  return passed(workload);
}

function reachOut({ hostNetwork, podSpec, podSpecPath }: Workload) {
  if (hostNetwork) {
    return {
      field: [...podSpecPath, "hostNetwork"],
      words: "asks for the network of the node",
      consequence: "cannot give",
    };
  }
  const position = asList(podSpec.volumes).findIndex((volume) => isJsonObject(asObject(volume).hostPath));
  if (position === -1) return undefined;
  const field = [...podSpecPath, "volumes", position, "hostPath"];
  return { field, words: "mounts a directory of the node", consequence: "does not shut off" };
}

function canSandbox({ estate }: AuditContext, cluster: Cluster, pool: NodePool): boolean {
  const minor = minorVersion(estate, cluster.name) ?? firstMinor;
  return pool.workloadRuntime === "KataVmIsolation" && pool.osSku.startsWith("AzureLinux") && minor >= firstMinor;
}

function reasonNone({ estate }: AuditContext, cluster: Cluster, pools: readonly NodePool[]): string {
  const minor = minorVersion(estate, cluster.name) ?? firstMinor;
  if (minor < firstMinor) return `it needs Kubernetes 1.${firstMinor}, and the cluster runs 1.${minor}`;
  const [first] = pools;
  if (first === undefined) return "none admits it";
  if (pools.every(({ workloadRuntime }) => workloadRuntime !== "KataVmIsolation")) {
    return `${first.name} has the runtime ${first.workloadRuntime}`;
  }
  return `${first.name} runs ${first.osSku}, and sandboxes need AzureLinux`;
}
