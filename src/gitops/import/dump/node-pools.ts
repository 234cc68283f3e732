import {
  asInteger,
  asList,
  asLooseText,
  asObject,
  asStringMap,
  asText,
} from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { FoundCluster, FoundNodePool } from "../found-estate.ts";

const poolLabels = ["kubernetes.azure.com/agentpool", "agentpool"];

/** What the Node objects of a cluster say: region, version, and pools by the label that AKS gives each node. */
export function clusterOfNodes(name: string, objects: readonly KubernetesObject[]): FoundCluster {
  const nodes = objects.filter(({ kind, apiVersion }) => kind === "Node" && apiVersion === "v1");
  const region = nodes.flatMap((node) => labelsOf(node)["topology.kubernetes.io/region"] ?? [])[0];
  const kubernetesVersion = oldestVersion(nodes);
  const byPool = Map.groupBy(
    nodes,
    (node) => poolLabels.map((label) => labelsOf(node)[label]).find(Boolean) ?? "nodes",
  );
  const nodePools = [...byPool].map(([pool, members]) => nodePool(pool, members)).toSorted(byName);
  return {
    name,
    ...(region === undefined ? {} : { region }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(nodePools.length === 0 ? {} : { nodePools }),
  };
}

function byName(left: FoundNodePool, right: FoundNodePool): number {
  return left.name < right.name ? -1 : 1;
}

function nodePool(label: string, nodes: readonly KubernetesObject[]): FoundNodePool {
  const labels = nodes[0] === undefined ? {} : labelsOf(nodes[0]);
  const zones = nodes.flatMap(
    (node) => /-([1-9])$/.exec(labelsOf(node)["topology.kubernetes.io/zone"] ?? "")?.[1] ?? [],
  );
  const [first] = nodes;
  return {
    name:
      label
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, "")
        .replace(/^\d+/, "")
        .slice(0, 12) || "nodes",
    mode: labels["kubernetes.azure.com/mode"] === "system" ? "System" : "User",
    vmSize: labels["node.kubernetes.io/instance-type"] ?? labels["beta.kubernetes.io/instance-type"],
    zones: [...new Set(zones)].toSorted(),
    count: nodes.length,
    maxPods: first === undefined ? undefined : asWhole(asObject(asObject(first.value.status).capacity).pods),
    osSku: labels["kubernetes.azure.com/os-sku"],
    spot: labels["kubernetes.azure.com/scalesetpriority"] === "spot",
    taints: first === undefined ? [] : taintsOf(first),
  };
}

/** Taints of the pool; those that controllers set on single nodes are no part of it. */
function taintsOf({ value }: KubernetesObject): FoundNodePool["taints"] {
  return asList(asObject(value.spec).taints)
    .map(asObject)
    .flatMap((taint) => {
      const key = asText(taint.key);
      const effect = asText(taint.effect);
      if (key === undefined || effect === undefined) return [];
      if (/^(?:node\.kubernetes\.io|node\.cloudprovider\.kubernetes\.io)\//.test(key)) return [];
      if (key === "kubernetes.azure.com/scalesetpriority") return [];
      return [{ key, value: asText(taint.value), effect }];
    });
}

function labelsOf({ value }: KubernetesObject) {
  return asStringMap(asObject(value.metadata).labels);
}

function asWhole(value: unknown): number | undefined {
  const number = Number(asLooseText(value) ?? Number.NaN);
  return asInteger(number);
}

/** The control plane is at least as new as its oldest node. */
function oldestVersion(nodes: readonly KubernetesObject[]): string | undefined {
  const versions = nodes.flatMap(({ value }) => {
    const written = asText(asObject(asObject(value.status).nodeInfo).kubeletVersion);
    return /^v?(\d+\.\d+\.\d+)/.exec(written ?? "")?.[1] ?? [];
  });
  return versions.toSorted((left, right) => left.localeCompare(right, "en", { numeric: true }))[0];
}
