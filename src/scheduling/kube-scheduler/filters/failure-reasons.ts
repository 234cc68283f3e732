import { firstUntolerated } from "../../tolerations.ts";
import type { CompiledPod } from "../compiled-pod.ts";
import { type FilterPlugin, failedPlugin, type Verdict } from "../plugins.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { VolumeFilter } from "../volumes/volume-filter.ts";

/** Why a node cannot take a pod, in the words of kube-scheduler's events. */
export interface NodeFailure {
  /** The first plugin that fails. */
  readonly plugin: FilterPlugin;
  readonly reasons: readonly string[];
  /** Removing pods from the node cannot help, so preemption is not tried there. */
  readonly isHard: boolean;
}

/** Turns the verdict of an evaluation into its reasons; undefined where the node passes. */
export function nodeFailure(
  compiled: CompiledPod,
  slot: number,
  verdict: Verdict,
  state: ClusterState,
  version: SchedulerVersion,
): NodeFailure | undefined {
  const plugin = failedPlugin(verdict);
  if (plugin === undefined) return undefined;
  switch (plugin) {
    case "SchedulingGates":
      return hard(plugin, "Scheduling is blocked due to non-empty scheduling gates");
    case "NodeUnschedulable":
      return hard(plugin, "node(s) were unschedulable");
    case "NodeName":
      return hard(plugin, "node(s) didn't match the requested node name");
    case "TaintToleration":
      return hard(plugin, taintReason(compiled, slot, state));
    case "NodeAffinity":
      return hard(plugin, "node(s) didn't match Pod's node affinity/selector");
    case "NodePorts":
      return soft(plugin, "node(s) didn't have free ports for the requested pod ports");
    case "NodeResourcesFit":
      return resourceFailure(compiled, slot, version);
    case "VolumeRestrictions":
    case "NodeVolumeLimits":
    case "VolumeBinding":
    case "VolumeZone": {
      const filter = new VolumeFilter(compiled.template, state.nodes, state.volumes, version);
      const reason = filter.judge(slot).reason;
      return plugin === "VolumeBinding" || plugin === "VolumeZone" ? hard(plugin, reason) : soft(plugin, reason);
    }
    case "PodTopologySpread": {
      const reason = "node(s) didn't match pod topology spread constraints";
      return compiled.spreadFilter.failures(slot)[0]?.kind === "missingLabel"
        ? hard(plugin, `${reason} (missing required label)`)
        : soft(plugin, reason);
    }
    case "InterPodAffinity":
      return affinityFailure(compiled, slot);
  }
}

function taintReason({ template }: CompiledPod, slot: number, state: ClusterState): string {
  const taint = firstUntolerated(state.nodes.nodeAt(slot)?.taints ?? [], template.tolerations);
  return `node(s) had untolerated taint {${taint?.key ?? ""}: ${taint?.value ?? ""}}`;
}

function resourceFailure({ resources }: CompiledPod, slot: number, { tooLargeIsHard }: SchedulerVersion): NodeFailure {
  const shortages = resources.judge.shortages(slot);
  return {
    plugin: "NodeResourcesFit",
    reasons: shortages.map(({ resource }) => (resource === "pods" ? "Too many pods" : `Insufficient ${resource}`)),
    isHard: tooLargeIsHard && shortages.some(({ requested, allocatable }) => requested > allocatable),
  };
}

function affinityFailure({ affinityFilter }: CompiledPod, slot: number): NodeFailure {
  switch (affinityFilter.failures(slot)[0]?.kind) {
    case "antiAffinity":
      return soft("InterPodAffinity", "node(s) didn't match pod anti-affinity rules");
    case "othersAntiAffinity":
      return soft("InterPodAffinity", "node(s) didn't satisfy existing pods anti-affinity rules");
    case "affinity":
    case undefined:
      return hard("InterPodAffinity", "node(s) didn't match pod affinity rules");
  }
}

function hard(plugin: FilterPlugin, reason: string): NodeFailure {
  return { plugin, reasons: [reason], isHard: true };
}

function soft(plugin: FilterPlugin, reason: string): NodeFailure {
  return { plugin, reasons: [reason], isHard: false };
}
