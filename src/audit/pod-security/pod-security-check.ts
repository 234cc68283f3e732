import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { StandardContainer, StandardPod } from "./standard-pod.ts";

export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** A value that would make a field conform. */
interface Remedy {
  /** Inside the pod. */
  readonly path: FieldPath;
  readonly value: unknown;
}

/** A field of a pod that the check does not allow, or that cannot be read. */
export interface Deviation {
  /** Undefined: the pod as a whole. */
  readonly container?: StandardContainer;
  /** Inside the pod, such as `["spec", "hostNetwork"]`. */
  readonly path: FieldPath;
  /** What is there, as the end of a sentence that begins with the container or pod: `sets hostPort 8080`. */
  readonly words: string;
  /** The value cannot be read, so whether it deviates is not known. */
  readonly unknown?: true;
  readonly remedies?: readonly Remedy[];
}

/** A check as it is from one minor version of Kubernetes on. */
export interface CheckVersion {
  /** Minor version of Kubernetes 1 from which it holds. */
  readonly since: number;
  readonly evaluate: (pod: StandardPod) => readonly Deviation[];
  /** Ids of baseline checks that it stands in for from then on. */
  readonly overrides?: readonly string[];
}

/** One control of the Pod Security Standards. */
export interface PodSecurityCheck {
  /** As the reference admission controller names it, such as `capabilities_baseline`. */
  readonly id: string;
  /** Number of the sub-verdict of TEN-008. */
  readonly part: number;
  readonly level: Exclude<PodSecurityLevel, "privileged">;
  /** What pods must be, as a sentence. */
  readonly demand: string;
  /** In rising order of version. */
  readonly versions: readonly CheckVersion[];
}
