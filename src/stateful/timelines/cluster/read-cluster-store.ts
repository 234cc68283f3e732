import type { Catalog } from "../../../catalog/catalog.ts";
import { storageClassesOf, storageClassTraits } from "../../../catalog/storage-classes.ts";
import type { Reason } from "../../../estate/figures/figure.ts";
import { asInteger, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { gracePeriodOf, standardGraceSeconds } from "../../../estate/kubernetes/termination.ts";
import { secondsToReady } from "../../../estate/kubernetes/time-to-ready.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { standardToleration } from "../timers.ts";
import { declaredToleration } from "./cluster-recovery.ts";
import type { ClusterDisk, ClusterStore } from "./cluster-store.ts";

/** Drivers of disks of the node itself. */
const localProvisioners: ReadonlySet<string> = new Set([
  "kubernetes.io/no-provisioner",
  "localdisk.csi.acstor.io",
  "rancher.io/local-path",
]);

const bytesPerGibibyte = 1024 ** 3;

/** A workload as far as its recovery goes; undefined where its cluster is not known. */
export function readClusterStore(workload: Workload, estate: Estate, catalog: Catalog): ClusterStore | undefined {
  const cluster = estate.clusters.find(({ name }) => name === workload.cluster);
  if (cluster === undefined) return undefined;
  const zones = new Set(cluster.nodePools.flatMap((pool) => pool.zones)).size;
  const replicas = workload.replicas.minimum;
  const spreads = workload.spread.some(({ topologyKey }) => topologyKey === "topology.kubernetes.io/zone");
  const sizes = workload.claims.map(({ sizeBytes }) => sizeBytes);
  const size = sizes.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + each),
    0,
  );
  const sizeGiB = sizes.length === 0 || size === undefined ? undefined : Math.round(size / bytesPerGibibyte);
  const toleration = tolerationOf(workload, catalog);
  return {
    kind: workload.kind === "StatefulSet" ? "StatefulSet" : "Deployment",
    replicas,
    ...diskOf(workload, estate),
    // Copies of its own for each replica: a set that replicates, as far as a manifest can say.
    replicates: replicas > 1 && workload.claims.some(({ perReplica }) => perReplica),
    zones: Math.max(1, zones),
    spreadZones: spreads ? Math.max(1, Math.min(zones, replicas)) : 1,
    tolerationSeconds: toleration.seconds,
    tolerationReason: toleration.reason,
    graceSeconds: gracePeriodOf(workload).seconds ?? standardGraceSeconds,
    readySeconds: secondsToReady(workload),
    kubernetesVersion: cluster.kubernetesVersion,
    hasBackups: cluster.backupEnabled,
    sizeGiB,
  };
}

function diskOf(
  workload: Workload,
  estate: Estate,
): { readonly disk: ClusterDisk; readonly diskReasons: readonly Reason[] } {
  const cluster = estate.clusters.find(({ name }) => name === workload.cluster);
  const [claim] = workload.claims;
  if (claim === undefined || cluster === undefined) return { disk: "none", diskReasons: [] };
  const classes = storageClassesOf(cluster.name, estate.objects);
  const traits = storageClassTraits(claim.storageClassName, cluster, classes);
  if (traits === undefined) {
    const provisioner = asText(classes.get(claim.storageClassName ?? "")?.value["provisioner"]);
    return { disk: localProvisioners.has(provisioner ?? "") ? "nvme" : "unknown", diskReasons: [] };
  }
  const diskReasons = [traits.reason];
  if (traits.media === "files" || traits.media === "blob") {
    return { disk: traits.skuName.endsWith("ZRS") ? "files" : "zonalFiles", diskReasons };
  }
  if (traits.media === "other") return { disk: "zonalFiles", diskReasons };
  const isShared =
    claim.accessModes.includes("ReadWriteMany") && isSharedClass(classes.get(claim.storageClassName ?? ""));
  if (isShared) return { disk: traits.redundancy === "ZRS" ? "sharedZrs" : "sharedLrs", diskReasons };
  return { disk: traits.redundancy === "ZRS" ? "zrs" : "lrs", diskReasons };
}

/** `maxShares` of a class of the disk driver: how many nodes may attach one disk at a time. */
function isSharedClass(storageClass: KubernetesObject | undefined): boolean {
  const parameters = Object.entries(asObject(storageClass?.value["parameters"]));
  const shares = parameters.find(([name]) => name.toLowerCase() === "maxshares")?.[1];
  return Number(shares ?? 1) > 1;
}

const lostNode = "node.kubernetes.io/unreachable";

/**
 * The shortest of its tolerations of a lost node. One without seconds lasts for ever, and so does one without a key; the
 * API server adds its own only to pods that have none.
 */
function tolerationOf(
  { tolerations }: Workload,
  catalog: Catalog,
): { readonly seconds: number; readonly reason: Reason } {
  const own = tolerations.map(asObject).filter(({ key, effect }) => {
    const [name, kind] = [asText(key) ?? "", asText(effect) ?? ""];
    return (name === lostNode || name === "") && (kind === "" || kind === "NoExecute");
  });
  if (own.length === 0) return standardToleration(catalog);
  const seconds = Math.min(...own.map((each) => asInteger(each["tolerationSeconds"]) ?? Number.POSITIVE_INFINITY));
  return { seconds: Math.max(0, seconds), reason: declaredToleration(seconds) };
}
