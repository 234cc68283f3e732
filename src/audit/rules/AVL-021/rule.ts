import { asText } from "../../../estate/kubernetes/json-value.ts";
import { isInMemory, type LocalVolume, lastingClaims, localVolumesOf } from "../../../estate/kubernetes/pod-volumes.ts";
import { isScratchPath, isSystemPath } from "../../../estate/kubernetes/scratch-paths.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { claimTraits, declaredClass } from "../../volumes/claim-class.ts";
import { dataStoresByWorkload } from "../../volumes/data-stores.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** Provisioners whose volumes are on disks of the node itself. */
const localProvisioners = ["kubernetes.io/no-provisioner", "localdisk.csi.acstor.io", "rancher.io/local-path"];

interface LocalState {
  /** A noun phrase: `emptyDir data`, `node path /srv/db`. */
  readonly medium: string;
  readonly field: FieldPath | undefined;
  readonly claim?: VolumeClaim;
}

/** AVL-021: data that matters is not kept on what goes away with the pod or the node. */
export const durableState: Rule = {
  id: "AVL-021",
  name: "durable-state",
  title: "Data that must outlive a node is kept on storage that does, or is replicated and backed up.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "storageClasses"],
  judges: "pods",
  *evaluate({ estate }) {
    const stores = dataStoresByWorkload(estate);
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.run !== "serving") continue;
      const outcome = judge(estate, workload, stores.get(workload.id));
      if (outcome !== undefined) yield outcome;
    }
  },
};

function judge(estate: Estate, workload: Workload, store: DataStore | undefined): RuleOutcome | undefined {
  const keepsData = workload.kind === "StatefulSet" || store !== undefined;
  const claims = lastingClaims(workload);
  const unknown = claims.find(
    (claim) =>
      declaredClass(estate, workload, claim) === undefined && claimTraits(estate, workload, claim) === undefined,
  );
  const state = localClaim(estate, workload, claims) ?? localVolume(workload, keepsData, claims.length > 0, store);
  if (state !== undefined) {
    const isProtected = store?.zoneRedundant === true && store.recovery.operatorError !== undefined;
    return isProtected ? passed(workload) : onLocalMedium(workload, state);
  }
  if (!keepsData) return undefined;
  if (claims.length === 0) return withoutStorage(workload);
  if (unknown === undefined) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    place: unknown.place,
    missing: ["needs-S"],
    message: `Whether claim ${unknown.name} of ${workload.label} outlives its node depends on storage class ${unknown.storageClassName ?? "(default)"}, which is not known here.`,
  });
}

/** Such a StatefulSet may only want stable names, or keep its data in the writable layer of its containers. */
function withoutStorage(workload: Workload): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    field: workload.podSpecPath,
    missing: ["needs-A"],
    message: `${workload.label} is a StatefulSet without storage: whether it keeps data, which would then be gone with each pod, no DataStore says.`,
  });
}

function onLocalMedium(workload: Workload, { medium, field, claim }: LocalState): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "fail",
    ...(field === undefined ? {} : { field }),
    ...(claim === undefined ? {} : { place: claim.place }),
    message: `${workload.label} keeps its data on ${medium}, and no DataStore states that it is replicated over zones and backed up: the next node image upgrade replaces the node, and the data is gone.`,
    fix: {
      description:
        "Keep it on a persistent volume, or declare the DataStore with zoneRedundant and recovery from operatorError.",
    },
  });
}

function localClaim(estate: Estate, workload: Workload, claims: readonly VolumeClaim[]): LocalState | undefined {
  for (const claim of claims) {
    const object = declaredClass(estate, workload, claim);
    const provisioner = asText(object?.value.provisioner);
    if (provisioner === undefined || !localProvisioners.includes(provisioner)) continue;
    return { medium: `a disk of its node (claim ${claim.name}, class ${object?.name ?? ""})`, field: undefined, claim };
  }
  return undefined;
}

/** Beside persistent claims an emptyDir is scratch space; paths of the node that hold data make a pet of whatever pod. */
function localVolume(
  workload: Workload,
  keepsData: boolean,
  hasClaims: boolean,
  store: DataStore | undefined,
): LocalState | undefined {
  const volumes = localVolumesOf(workload);
  const onNode = volumes.find((volume) => volume.kind === "hostPath" && holdsDataOnNode(volume));
  if (onNode !== undefined) {
    return { medium: `node path ${asText(onNode.value.path) ?? "(unknown)"}`, field: onNode.path };
  }
  if (!keepsData || hasClaims) return undefined;
  const inPod = volumes.find(
    (volume) =>
      volume.kind === "emptyDir" && !isInMemory(volume) && volume.writablePaths.some((path) => !isScratchPath(path)),
  );
  if (inPod !== undefined) return { medium: `emptyDir ${inPod.name}`, field: inPod.path };
  const hasVolumes = volumes.some(({ writablePaths }) => writablePaths.length > 0);
  return store === undefined || hasVolumes
    ? undefined
    : { medium: `the writable layer of its containers (DataStore ${store.name})`, field: workload.podSpecPath };
}

const socketTypes = ["Socket", "CharDevice", "BlockDevice", "File"];

function holdsDataOnNode({ value, writablePaths }: LocalVolume): boolean {
  const path = asText(value.path);
  if (path === undefined || writablePaths.length === 0 || socketTypes.includes(asText(value.type) ?? "")) return false;
  return !isSystemPath(path) && !isScratchPath(path);
}
