import { type storageClassesOf, storageClassTraits } from "../../../catalog/storage-classes.ts";
import { replaySeconds } from "../../../estate/assumptions/replay-rules.ts";
import { asInteger, asList, asObject, isJsonObject, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { isInMemory, lastingClaims, localVolumesOf } from "../../../estate/kubernetes/pod-volumes.ts";
import { gracePeriodOf, standardGraceSeconds } from "../../../estate/kubernetes/termination.ts";
import { secondsToReady } from "../../../estate/kubernetes/time-to-ready.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { LocalVolumeUse, ReplayBudget, ReplayWorkload } from "../replay-cluster.ts";

const unreachableKey = "node.kubernetes.io/unreachable";

/** What a replay has to know of a workload of an estate. */
export function readReplayWorkload(
  workload: Workload,
  cluster: Cluster,
  budgets: readonly ReplayBudget[],
  storageClasses: ReturnType<typeof storageClassesOf>,
): ReplayWorkload {
  const { id, label, replicas, run } = workload;
  const wanted = run === "perNode" ? 0 : replicas.minimum;
  return {
    id,
    label,
    wanted,
    needed: neededPods(id, wanted, budgets),
    replacement: replacementOf(workload),
    graceSeconds: gracePeriodOf(workload).seconds ?? standardGraceSeconds,
    readySeconds: secondsToReady(workload),
    unreachableSeconds: unreachableSeconds(workload),
    movesDisk: lastingClaims(workload).some(
      ({ accessModes, storageClassName }) =>
        accessModes.every((mode) => mode.startsWith("ReadWriteOnce")) &&
        storageClassTraits(storageClassName, cluster, storageClasses)?.media !== "files",
    ),
    localVolumes: localUses(workload),
  };
}

/** A budget over several workloads insists on a number of their pods together, which says nothing of one alone. */
function neededPods(id: string, wanted: number, budgets: readonly ReplayBudget[]): number {
  const own = budgets.flatMap(({ workloads, allowed }) =>
    workloads.length === 1 && workloads[0] === id && allowed !== undefined ? [wanted - allowed] : [],
  );
  return wanted === 0 ? 0 : Math.max(1, ...own);
}

function replacementOf({ run, kind }: Workload): ReplayWorkload["replacement"] {
  if (run === "perNode") return "perNode";
  if (kind === "Pod") return "alone";
  return kind === "StatefulSet" ? "ordered" : "atOnce";
}

function unreachableSeconds({ tolerations }: Workload): number {
  for (const each of tolerations) {
    const { key, effect, tolerationSeconds } = asObject(each);
    const isMeant = (key === unreachableKey || key === undefined) && (effect === "NoExecute" || effect === undefined);
    const seconds = asInteger(tolerationSeconds);
    if (isMeant && seconds !== undefined) return Math.max(0, seconds);
  }
  return replaySeconds.unreachable;
}

/** Memory is scratch by nature; what is in it is lost at every restart. */
function localUses(workload: Workload): readonly LocalVolumeUse[] {
  const local = localVolumesOf(workload)
    .filter((volume) => volume.kind === "hostPath" || !isInMemory(volume))
    .filter(({ writablePaths }) => writablePaths.length > 0)
    .map(({ name, kind }) => ({ name, kind }));
  const ephemeral = asList(workload.podSpec["volumes"]).flatMap((volume) => {
    const { name } = asObject(volume);
    const isEphemeral = isJsonObject(valueAt(volume, ["ephemeral", "volumeClaimTemplate"]));
    return isEphemeral && typeof name === "string" ? [{ name, kind: "ephemeralClaim" as const }] : [];
  });
  return [...local, ...ephemeral];
}
