import { type StorageClassTraits, storageClassesOf, storageClassTraits } from "../../catalog/storage-classes.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { sizeOfPod } from "../../scheduling/packing/from-estate/node-type-for-size.ts";
import type { PlatformPods } from "../../scheduling/platform-pods.ts";
import type { PodShape } from "../../scheduling/pod-shape.ts";
import { podKernelDemand } from "../../tenancy/kernel/pod-demand.ts";
import type { SpreadDemands } from "../journeys/spread-demand.ts";
import type { PlannedPods } from "../pools/pool-problem.ts";

/** A workload's pods in the dimensions of the plan. Sandboxed pods have a kernel of their own, and its counters. */
export function plannedPodsOf(
  estate: Estate,
  workload: Workload,
  shape: PodShape,
  cluster: Cluster,
  application: Application | undefined,
  spread: SpreadDemands,
): PlannedPods {
  const disks = disksOf(estate, workload, cluster);
  const kernel = shape.sandboxed ? undefined : podKernelDemand(workload, application);
  const counted = (figure: Parameters<typeof likelyValue>[0] | undefined) =>
    Math.ceil(figure === undefined ? 0 : (likelyValue(figure) ?? 0));
  return {
    id: workload.id,
    tenant: workload.tenant,
    size: sizeOfPod(shape.demand, [
      Math.ceil(workload.podRequests.ephemeralStorageBytes ?? 0),
      disks.length,
      counted(kernel?.inotifyInstances),
      counted(kernel?.inotifyWatches),
    ]),
    quantity: Math.max(workload.run === "task" ? 1 : 0, workload.replicas.minimum),
    perNode: perNodeOf(shape),
    isServing: workload.run === "serving",
    isZoneBound: disks.some(({ redundancy }) => redundancy === "LRS"),
    needsEveryZone: workload.replicas.minimum > 1 && shape.spread.some(isRequiredOverZones),
    spreadOver: spread.get(workload.id)?.nodes ?? 0,
  };
}

/** Pods of the platform, of which only CPU and memory are known. */
export function platformPodsOf({ shape, replicas }: PlatformPods): PlannedPods {
  return {
    id: shape.id,
    tenant: "platform",
    size: sizeOfPod(shape.demand, [0, 0, 0, 0]),
    quantity: replicas,
    perNode: undefined,
    isServing: true,
    isZoneBound: false,
    needsEveryZone: false,
    spreadOver: 0,
  };
}

/** Of jobs on one pool only the largest counts, as placement has it: the others wait for it. */
export function withOneJob(pods: readonly PlannedPods[]): readonly PlannedPods[] {
  const jobs = pods.filter(({ isServing }) => !isServing);
  const weight = ({ size, quantity }: PlannedPods) => Math.max(size[0] ?? 0, (size[1] ?? 0) / 4e6) * quantity;
  const [largest] = jobs.toSorted((left, right) => weight(right) - weight(left) || (left.id < right.id ? -1 : 1));
  return pods.map((each) => (each.isServing || each === largest ? each : { ...each, quantity: 0 }));
}

function perNodeOf({ hostPorts, spread }: PodShape): number | undefined {
  const apart = spread.some(
    ({ topologyKey, strength, origin }) =>
      topologyKey === "kubernetes.io/hostname" && strength === "required" && origin === "podAntiAffinity",
  );
  return hostPorts || apart ? 1 : undefined;
}

function isRequiredOverZones({ topologyKey, strength, origin }: PodShape["spread"][number]): boolean {
  return (
    topologyKey === "topology.kubernetes.io/zone" && strength === "required" && origin === "topologySpreadConstraint"
  );
}

function disksOf(estate: Estate, { claims }: Workload, cluster: Cluster): readonly StorageClassTraits[] {
  const classes = storageClassesOf(cluster.name, estate.objects);
  return claims.flatMap(({ storageClassName }) => {
    const traits = storageClassTraits(storageClassName, cluster, classes);
    return traits?.media === "disk" ? [traits] : [];
  });
}
