import { commonClusters, commonPools, type TenantSides } from "./comparison.ts";
import {
  bounded,
  common,
  type LayerState,
  type LayerStates,
  listed,
  separate,
  shared,
  unknown,
} from "./layer-state.ts";
import { measures } from "./measures.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

type ServiceLayer = "identity" | "registry" | "storage" | "telemetry";

/** Registries that anybody may pull from: nothing of a tenant's is in them. */
const publicRegistries: ReadonlySet<string> = new Set([
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "mcr.microsoft.com",
  "public.ecr.aws",
  "quay.io",
  "registry.k8s.io",
]);

/** Cloud services that clusters bring with them. */
export function compareServices(sides: TenantSides): LayerStates<ServiceLayer> {
  return {
    identity: compareIdentities(sides),
    registry: compareRegistries(sides),
    storage: compareStorage(sides),
    telemetry: compareTelemetry(sides),
  };
}

/** The kubelet's identity, which every pod of a cluster may ask for, counts with the node's endpoints. */
function compareIdentities(sides: TenantSides): LayerState {
  const [ours, theirs] = [sides.left, sides.right].map((tenant) => identitiesOf(sides, tenant));
  for (const [clientId, account] of ours ?? []) {
    const other = theirs?.get(clientId);
    if (other === undefined) continue;
    return shared(
      `service accounts ${account} and ${other} are one managed identity (${clientId})`,
      measures.ownIdentity,
    );
  }
  return separate("no workload identity serves both");
}

function identitiesOf({ comparison }: TenantSides, { tenant, clusters }: LocatedTenant): ReadonlyMap<string, string> {
  return new Map(clusters.flatMap(({ name }) => [...comparison.clusterTraits(tenant.name, name).identities]));
}

function compareRegistries(sides: TenantSides): LayerState {
  const [cluster] = commonClusters(sides.left, sides.right);
  const [pool] = commonPools(sides.left, sides.right);
  if (pool !== undefined) {
    return shared(
      `images that one pulled to a node of ${pool} are there for the other`,
      measures.ownCluster,
      measures.ownPool,
    );
  }
  if (cluster !== undefined) {
    return bounded(`the kubelets of ${cluster.name} pull for both with one identity`, measures.ownCluster);
  }
  const [ours, theirs] = [sides.left, sides.right].map((tenant) => registriesOf(sides, tenant));
  const [registry] = common(ours ?? [], theirs ?? []).filter((each) => !publicRegistries.has(each));
  if (registry !== undefined) {
    return bounded(`both pull from ${registry}, each with the identity of its own cluster`, measures.ownRegistry);
  }
  return separate("they pull from different registries, or from public ones");
}

function registriesOf({ comparison }: TenantSides, { tenant, clusters }: LocatedTenant): ReadonlySet<string> {
  return new Set(clusters.flatMap(({ name }) => [...comparison.clusterTraits(tenant.name, name).registries]));
}

function compareStorage(sides: TenantSides): LayerState {
  const { left, right, comparison } = sides;
  const clusters = commonClusters(left, right).map(({ name }) => name);
  for (const cluster of clusters) {
    const [ours, theirs] = [left, right].map(({ tenant }) => comparison.clusterTraits(tenant.name, cluster));
    const [volume] = common(ours?.volumes ?? [], theirs?.volumes ?? []);
    if (volume !== undefined) return shared(`both mount ${volume} on ${cluster}`, measures.ownVolumes);
  }
  const beyond = compareVolumesOfClusters(sides);
  if (beyond !== undefined) return beyond;
  if (clusters.length === 0) return separate("they run on different clusters, and no volume is declared for both");
  const keeper = clusters.find((cluster) =>
    [left, right].every(({ tenant }) => comparison.clusterTraits(tenant.name, cluster).keepsVolumes),
  );
  if (keeper === undefined) return separate("no cluster keeps volumes of both");
  return bounded(`the storage drivers of ${keeper} serve both, each with volumes of its own`, measures.ownCluster);
}

/** Disks and shares are outside the clusters. Ids of Azure are the same everywhere; other handles are names within a cluster. */
function compareVolumesOfClusters({ left, right, comparison }: TenantSides): LayerState | undefined {
  const [ours, theirs] = [left, right].map(({ tenant, clusters }) =>
    clusters.flatMap(({ name }) => [...comparison.clusterTraits(tenant.name, name).volumes]),
  );
  const volumes = common(ours ?? [], theirs ?? []);
  const known = volumes.find((volume) => volume.toLowerCase().startsWith("/subscriptions/"));
  if (known !== undefined) return shared(`both mount ${known}`, measures.ownVolumes);
  const [alike] = volumes;
  return alike === undefined
    ? undefined
    : unknown(`whether ${alike} is one volume on the clusters of both is not declared`);
}

/** Agents and workspaces belong to clusters; whether two clusters send to one workspace is not declared. */
function compareTelemetry({ left, right }: TenantSides): LayerState {
  const names = commonClusters(left, right).map(({ name }) => name);
  if (names.length > 0)
    return shared(`the logs and metrics of both leave ${listed(names)} by one agent`, measures.ownWorkspace);
  const monitored = [left, right].map(({ clusters }) =>
    clusters.map(({ monitoring }) => monitoring.managedPrometheus ?? monitoring.containerInsights),
  );
  if (monitored.some((states) => states.every((state) => state === false))) {
    return separate("the clusters of one of them send no logs or metrics to Azure");
  }
  return unknown("whether their clusters write to one workspace is not declared");
}
