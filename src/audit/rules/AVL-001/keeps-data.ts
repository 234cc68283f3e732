import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";

/** Volumes that a pod can write to. */
const writable = ["persistentVolumeClaim", "ephemeral", "emptyDir", "hostPath", "csi"];
/** Where programs write what they can lose. */
const scratch = /^\/(?:tmp|run|var\/(?:tmp|run|cache|log))(?:\/|$)/;

/** True when pods seem to keep data of their own, which a second replica would not share: a person has to look. */
export function keepsData({ kind, podSpec }: Workload): boolean {
  if (kind === "StatefulSet") return true;
  const mounts = asList(podSpec.containers).flatMap((container) =>
    asList(asObject(container).volumeMounts).map(asObject),
  );
  return asList(podSpec.volumes)
    .map(asObject)
    .some(
      (volume) =>
        writable.some((source) => volume[source] !== undefined) &&
        mounts.some(({ name, mountPath }) => name === volume.name && !scratch.test(asText(mountPath) ?? "")),
    );
}
