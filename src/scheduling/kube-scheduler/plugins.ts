/** Filter plugins of the default profile in the order in which they run; the first that fails names the verdict. */
const filterPlugins = [
  "SchedulingGates",
  "NodeUnschedulable",
  "NodeName",
  "TaintToleration",
  "NodeAffinity",
  "NodePorts",
  "NodeResourcesFit",
  "VolumeRestrictions",
  "NodeVolumeLimits",
  "VolumeBinding",
  "VolumeZone",
  "PodTopologySpread",
  "InterPodAffinity",
] as const;

export type FilterPlugin = (typeof filterPlugins)[number];

/** The verdict on one node as a small number, for typed arrays: 0 passes, `n` is failed by `filterPlugins[n - 1]`. */
export type Verdict = number;

export const passes: Verdict = 0;
/** A place in the node table that holds no node. */
export const noNode: Verdict = 255;

/** The verdict that a plugin's failure makes. */
export function verdictOf(plugin: FilterPlugin): Verdict {
  return filterPlugins.indexOf(plugin) + 1;
}

/** The plugin that made a verdict; undefined where the node passes. */
export function failedPlugin(verdict: Verdict): FilterPlugin | undefined {
  return filterPlugins[verdict - 1];
}

/** Score plugins of the default profile, in alphabetical order as reports list them. */
export const scorePlugins = [
  "ImageLocality",
  "InterPodAffinity",
  "NodeAffinity",
  "NodeResourcesBalancedAllocation",
  "NodeResourcesFit",
  "PodTopologySpread",
  "TaintToleration",
  "VolumeBinding",
] as const;

export type ScorePlugin = (typeof scorePlugins)[number];

/** Every plugin scores 0 to 100 before its weight. */
export const maximumNodeScore = 100;
