import { firstUntolerated, type Toleration } from "../../tolerations.ts";
import type { CompiledPod } from "../compiled-pod.ts";
import { matchesNodeAffinity, toleratesCordon } from "../filters/node-filter.ts";
import type { AffinityFailure } from "../filters/pod-affinity-filter.ts";
import type { ClusterNode } from "../model/cluster-node.ts";
import { passes } from "../plugins.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import type { VolumeFilter } from "../volumes/volume-filter.ts";
import type { Remedy } from "./remedy.ts";

/** Everything that stands between a pod and one node, each as the change that takes it away; empty where the node fits. */
export function remediesOn(
  compiled: CompiledPod,
  slot: number,
  node: ClusterNode,
  state: ClusterState,
  volumes: VolumeFilter | undefined,
): readonly Remedy[] {
  const { template } = compiled;
  const volumeVerdict = volumes?.judge(slot);
  return [
    ...(template.isGated ? [{ kind: "removeGates" } as const] : []),
    ...(toleratesCordon(template.tolerations, node) ? [] : [{ kind: "uncordonNode", node: node.name } as const]),
    ...taintRemedies(node, template.tolerations),
    ...(matchesNodeAffinity(template, node) && (template.nodeName ?? node.name) === node.name
      ? []
      : [{ kind: "matchNode", node: node.name } as const]),
    ...(state.nodes.resources.portConflict(slot, template.hostPorts)
      ? [{ kind: "freePort", node: node.name } as const]
      : []),
    ...resourceRemedies(compiled, slot, node),
    ...(volumeVerdict === undefined || volumeVerdict.verdict === passes
      ? []
      : [{ kind: "provideVolume", reason: volumeVerdict.reason } as const]),
    ...spreadRemedies(compiled, slot, node),
    ...affinityRemedies(compiled, slot, node),
  ];
}

function taintRemedies({ taints }: ClusterNode, tolerations: readonly Toleration[]): readonly Remedy[] {
  return taints
    .filter((taint) => firstUntolerated([taint], tolerations) !== undefined)
    .map((taint) => ({ kind: "tolerate", taint }));
}

/** A request can be lowered to what is free; where nothing is, others must make room. */
function resourceRemedies({ resources }: CompiledPod, slot: number, node: ClusterNode): readonly Remedy[] {
  return resources.judge.shortages(slot).map(({ resource, requested, free }): Remedy => {
    if (resource === "pods" || free <= 0)
      return { kind: "freeResource", node: node.name, resource, amount: requested - free };
    return { kind: "lowerRequest", resource, from: requested, to: free };
  });
}

function spreadRemedies({ spreadFilter }: CompiledPod, slot: number, node: ClusterNode): readonly Remedy[] {
  return spreadFilter.failures(slot).map((failure): Remedy => {
    const { topologyKey, maxSkew } = failure.constraint;
    return failure.kind === "missingLabel"
      ? { kind: "labelNode", node: node.name, key: topologyKey }
      : { kind: "raiseMaxSkew", topologyKey, from: maxSkew, to: failure.skew };
  });
}

function affinityRemedies({ affinityFilter }: CompiledPod, slot: number, node: ClusterNode): readonly Remedy[] {
  return affinityFilter.failures(slot).map((failure) => affinityRemedy(failure, node));
}

function affinityRemedy({ kind, term: { topologyKey } }: AffinityFailure, node: ClusterNode): Remedy {
  switch (kind) {
    case "affinity":
      return { kind: "dropPodAffinity", topologyKey };
    case "antiAffinity":
      return { kind: "dropPodAntiAffinity", topologyKey };
    case "othersAntiAffinity":
      return { kind: "dropOthersAntiAffinity", node: node.name, topologyKey };
  }
}
