import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  declaredClusters,
  declaredPools,
  statedSetting,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AKS-020: the versions of a cluster and its nodes are supported. */
export const kubernetesVersions: Rule = {
  id: "AKS-020",
  name: "kubernetes-versions",
  title: "The cluster's Kubernetes version is supported, and its nodes run the same one.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["cluster", "nodePools"],
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.Version", part: "1" },
    { tool: "psrule-azure", check: "Azure.AKS.PoolVersion", part: "3" },
  ],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of declaredClusters(context.estate)) {
      const findings = [...unsupported(context, cluster), ...nodesApart(context.estate, cluster)];
      yield* findings.length === 0 ? [clusterPasses(context.estate, cluster)] : findings;
    }
  },
};

function* unsupported({ estate, catalog, today }: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const field = ["kubernetesVersion"];
  const version = statedSetting(estate, cluster, field, cluster.kubernetesVersion);
  const minor = version === undefined ? undefined : minorOf(version);
  // A version that is only assumed is the newest that AKS offers by default, whatever the estate says of itself.
  if (version === undefined || minor === undefined || !cluster.declared.states(field)) {
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, field));
    return;
  }
  const newest = newestMinor(catalog, today);
  const support = catalog.kubernetesVersion(version);
  const end = support?.endOfSupport?.value;
  const isOver =
    end === undefined ? newest !== undefined && newest - minor >= aksClusterFacts.supportedMinors.value : end < today;
  if (!isOver || isInLongTermSupport(cluster, support?.endOfLongTermSupport?.value, today)) return;
  const since = end === undefined ? "" : ` since ${end}`;
  const behind = newest === undefined ? "" : `; the newest is 1.${newest}`;
  const platform = newest !== undefined && newest - minor === aksClusterFacts.supportedMinors.value;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "1",
    field,
    message: `Kubernetes 1.${minor} of ${cluster.name} is out of AKS support${since}${behind}: ${platform ? "only the platform around it is still supported" : "neither fixes nor help are due, and AKS may upgrade it by itself"}.`,
    fix: { description: "Upgrade one minor version after the other, or buy long-term support with tier Premium." },
  });
}

function isInLongTermSupport({ tier, supportPlan }: DeclaredCluster, end: string | undefined, today: string): boolean {
  return tier === "Premium" && supportPlan === "AKSLongTermSupport" && end !== undefined && end >= today;
}

/** The newest minor version that AKS offers on a day; a month without a day counts from its last day. */
function newestMinor(catalog: Catalog, today: string): number | undefined {
  const available = catalog.kubernetesVersions().flatMap((version) => {
    const since = catalog.kubernetesVersion(version)?.generallyAvailable?.value;
    const minor = minorOf(version);
    return since === undefined || minor === undefined || `${since}-31`.slice(0, 10) > today ? [] : [minor];
  });
  return available.length === 0 ? undefined : Math.max(...available);
}

function* nodesApart(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  if (!cluster.declared.states(["kubernetesVersion"])) return;
  const field = ["kubernetesVersion"];
  const fix = {
    description: "Upgrade the pool to the version of the control plane.",
    edits: [{ path: field, value: cluster.kubernetesVersion }],
  };
  for (const pool of declaredPools(cluster)) {
    if (pool.kubernetesVersion === undefined) continue;
    const order = compareVersions(pool.kubernetesVersion, cluster.kubernetesVersion);
    const behind = (minorOf(cluster.kubernetesVersion) ?? 0) - (minorOf(pool.kubernetesVersion) ?? 0);
    const runs = `Pool ${pool.name} runs ${pool.kubernetesVersion}, the control plane of ${cluster.name} ${cluster.kubernetesVersion}`;
    const most = aksClusterFacts.nodesBehindControlPlane.value;
    if (order > 0) {
      const message = `${runs}: nodes must never be newer.`;
      yield poolVerdict(estate, cluster, pool, {
        verdict: "fail",
        part: "2",
        field,
        message,
        fix: { description: "Upgrade the control plane first." },
      });
    } else if (behind > most) {
      const message = `${runs}: ${behind} minor versions apart, and Kubernetes allows ${most}.`;
      yield poolVerdict(estate, cluster, pool, { verdict: "fail", part: "2", field, message, fix });
    } else if (order < 0) {
      const message = `${runs}: the pool was left behind.`;
      yield poolVerdict(estate, cluster, pool, { verdict: "fail", part: "3", severity: "low", field, message, fix });
    }
  }
}

function minorOf(version: string): number | undefined {
  const minor = /^1\.(\d{1,3})/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Order of two versions; a version without a patch is as new as any patch of it. */
function compareVersions(one: string, other: string): number {
  const left = one.split(".").map(Number);
  const right = other.split(".").map(Number);
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
