import { asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { notReadable } from "../container-deviations.ts";
import { isAbsent, listAt, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardPod } from "../standard-pod.ts";

export const hostPathVolumes: PodSecurityCheck = {
  id: "hostPathVolumes",
  part: 3,
  level: "baseline",
  demand: "pods may not mount directories of the node",
  versions: [
    {
      since: 0,
      evaluate: (pod) => ofVolumes(pod, (volume) => (isAbsent(volume.hostPath) ? undefined : "hostPath")),
    },
  ],
};

/** The sources that leave the pod on its side of the node. */
export const allowedSources: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

export const restrictedVolumes: PodSecurityCheck = {
  id: "restrictedVolumes",
  part: 13,
  level: "restricted",
  demand: `volumes may only be ${allowedSources.join(", ")}`,
  versions: [{ since: 0, evaluate: (pod) => ofVolumes(pod, restrictedSource), overrides: ["hostPathVolumes"] }],
};

export const otherSources: readonly string[] = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "gitRepo",
  "nfs",
  "iscsi",
  "glusterfs",
  "rbd",
  "flexVolume",
  "cinder",
  "cephfs",
  "flocker",
  "fc",
  "azureFile",
  "vsphereVolume",
  "quobyte",
  "azureDisk",
  "photonPersistentDisk",
  "portworxVolume",
  "scaleIO",
  "storageos",
];

/**
 * The source of a volume that may not be used. A volume without a source that the API knows becomes an emptyDir before
 * admission sees it.
 */
function restrictedSource(volume: JsonObject): string | undefined {
  if (allowedSources.some((source) => !isAbsent(volume[source]))) return undefined;
  return otherSources.find((source) => !isAbsent(volume[source]));
}

function ofVolumes(pod: StandardPod, forbidden: (volume: JsonObject) => string | undefined): readonly Deviation[] {
  const volumes = listAt(pod.value, ["spec", "volumes"]);
  if (volumes === unreadable) return [notReadable(["spec", "volumes"])];
  return volumes.flatMap((volume, position): readonly Deviation[] => {
    const path = ["spec", "volumes", position];
    if (!isJsonObject(volume)) return [notReadable(path)];
    const source = forbidden(volume);
    if (source === undefined) return [];
    return [{ path: [...path, source], words: `has the ${source} volume "${asText(volume.name) ?? position}"` }];
  });
}
