/** Oldest and newest minor versions whose behaviour is known. */
const oldestMinor = 26;
export const newestMinor = 34;

/**
 * The places where kube-scheduler's default profile behaves differently between Kubernetes 1.26 and 1.34, each named by
 * what it does. Source: kubernetes/kubernetes `pkg/scheduler` at the tags of each minor version.
 */
export interface SchedulerVersion {
  /** `1.34`. */
  readonly name: string;
  /** 1.26: the two resource scores add a pod's overhead in whole cores, as if they were millicores. */
  readonly scoresOverheadInWholeCores: boolean;
  /** From 1.27 an empty spread selector counts no pod (but the incoming pod still matches itself). */
  readonly emptySpreadSelectorCountsNothing: boolean;
  /** `minDomains` and `matchLabelKeys` of spread constraints (on by default from 1.27). */
  readonly readsMinDomains: boolean;
  readonly readsMatchLabelKeys: boolean;
  /** ReadWriteOncePod claims keep other pods away (on by default from 1.27). */
  readonly checksReadWriteOncePod: boolean;
  readonly readsSchedulingGates: boolean;
  /** Up to 1.27 a pod that asks for anything is compared on cpu, memory and ephemeral storage. */
  readonly comparesUnaskedResources: boolean;
  /** Up to 1.27 a pod without soft constraints gets the full spread score on every node. */
  readonly scoresUnspreadPods: boolean;
  /** Init containers with `restartPolicy: Always` (on by default from 1.29). */
  readonly knowsSidecars: boolean;
  /** Images of init containers count from 1.30. */
  readonly scoresInitImages: boolean;
  /** `matchLabelKeys` of pod affinity terms (on by default from 1.31). */
  readonly readsAffinityMatchLabelKeys: boolean;
  /** From 1.33 pods without cpu and memory requests are not scored for balance. */
  readonly skipsBalanceOfBestEffort: boolean;
  /** `spec.resources` (on by default from 1.34). */
  readonly readsPodLevelResources: boolean;
  /** Host ports of sidecars count from 1.34. */
  readonly countsSidecarPorts: boolean;
  /** From 1.34 preemption is not tried where the pod is larger than the whole node. */
  readonly tooLargeIsHard: boolean;
}

/** The behaviour of a minor version, 26 to 34. */
export function schedulerVersion(minor: number): SchedulerVersion {
  return {
    name: `1.${minor}`,
    scoresOverheadInWholeCores: minor < 27,
    emptySpreadSelectorCountsNothing: minor >= 27,
    readsMinDomains: minor >= 27,
    readsMatchLabelKeys: minor >= 27,
    checksReadWriteOncePod: minor >= 27,
    readsSchedulingGates: minor >= 27,
    comparesUnaskedResources: minor < 28,
    scoresUnspreadPods: minor < 28,
    knowsSidecars: minor >= 29,
    scoresInitImages: minor >= 30,
    readsAffinityMatchLabelKeys: minor >= 31,
    skipsBalanceOfBestEffort: minor >= 33,
    readsPodLevelResources: minor >= 34,
    countsSidecarPorts: minor >= 34,
    tooLargeIsHard: minor >= 34,
  };
}

/** What a version text asks for, and the version whose behaviour answers it. */
export interface VersionReading {
  readonly version: SchedulerVersion;
  /** False when the text names a version outside of what is known, so that the nearest one answers. */
  readonly known: boolean;
}

/** Reads `1.26`, `v1.34` or `1.33.2`; undefined for text that names no Kubernetes version. */
export function parseSchedulerVersion(text: string): VersionReading | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const minor = Number(match[1]);
  const nearest = Math.min(newestMinor, Math.max(oldestMinor, minor));
  return { version: schedulerVersion(nearest), known: nearest === minor };
}
