import type { FieldPath } from "../../../estate/sources/yaml-document.ts";
import { ofContainers } from "../container-deviations.ts";
import type { Deviation } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";

/** A setting of the security context that containers take over from the pod. */
export interface InheritedSetting {
  readonly read: (subject: StandardContainer | StandardPod) => "unset" | "allowed" | Deviation;
  /** Inside a container, and inside `spec`. */
  readonly field: FieldPath;
  /** What a container does that neither states nor inherits it. */
  readonly words: string;
  /** What would conform. */
  readonly value: unknown;
}

/**
 * The setting must be allowed wherever it is stated, and every container must have it, of its own or from the pod. Where
 * no container has one of its own, it is the pod that lacks it.
 */
export function inherited(pod: StandardPod, setting: InheritedSetting): readonly Deviation[] {
  const { read, words, value } = setting;
  const ofPod = read(pod);
  const readings = pod.containers.map(read);
  if (ofPod === "unset" && readings.length > 0 && readings.every((reading) => reading === "unset")) {
    const path = ["spec", ...setting.field];
    const unknownContainers = ofContainers(pod, () => []);
    return [{ path, words, remedies: [{ path, value }] }, ...unknownContainers];
  }
  return [
    ...(typeof ofPod === "string" ? [] : [ofPod]),
    ...ofContainers(pod, (container) => {
      const reading = read(container);
      if (typeof reading !== "string") return [reading];
      // What the pod states in words that cannot be read is said of the pod already.
      if (reading === "allowed" || ofPod === "allowed" || isUnknown(ofPod)) return [];
      const path = [...container.path, ...setting.field];
      return [{ container, path, words, remedies: [{ path, value }] }];
    }),
  ];
}

function isUnknown(reading: "unset" | "allowed" | Deviation): boolean {
  return typeof reading !== "string" && reading.unknown === true;
}
