import { createScheduler, type KubeScheduler } from "../../kube-scheduler/kube-scheduler.ts";
import { readContext } from "../../kube-scheduler/model/cluster-context.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { SchedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { readVolumeObjects } from "../../kube-scheduler/volumes/volume-objects.ts";
import type { SimulatedPool } from "./simulated-pool.ts";

/** A cluster as it is before the clock starts; every run makes its own from it. */
export interface ClusterBlueprint {
  readonly name: string;
  readonly version: SchedulerVersion;
  /** Services, workload controllers, namespaces, claims: what scheduling reads besides nodes and pods. */
  readonly objects: readonly unknown[];
  readonly pools: readonly SimulatedPool[];
  /** Pods of everything else, which stay as they are. */
  readonly background: readonly ClusterPod[];
}

/** A scheduler of the cluster without nodes; ties are drawn by the seed. */
export function blueprintScheduler({ version, objects }: ClusterBlueprint, seed: number): KubeScheduler {
  return createScheduler({
    version,
    tieBreak: { kind: "seeded", seed },
    context: readContext(objects),
    volumes: readVolumeObjects(objects),
  });
}
