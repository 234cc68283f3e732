import type { ClusterNode } from "../model/cluster-node.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import { passes, type Verdict, verdictOf } from "../plugins.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { NodeTable } from "../state/node-table.ts";
import type { PersistentVolume, VolumeClaimObject } from "./volume-objects.ts";
import { reaches, type VolumeState } from "./volume-state.ts";

/** A node's verdict by the volume plugins, with the reason when it fails. */
interface VolumeVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
}

const fits: VolumeVerdict = { verdict: passes, reason: "" };

const affinityMismatch = "node(s) didn't match PersistentVolume's node affinity";
const nothingToBind = "node(s) didn't find available persistent volumes to bind";

/** Judges nodes by the claims of one pod: restrictions, limits, binding and zones, in the order of the plugins. */
export class VolumeFilter {
  private readonly template: PodTemplate;
  private readonly nodes: NodeTable;
  private readonly state: VolumeState;
  private readonly claims: readonly (VolumeClaimObject | undefined)[];
  /** A reason against the pod on every node. */
  private readonly everywhere: VolumeVerdict;

  constructor(template: PodTemplate, nodes: NodeTable, state: VolumeState, version: SchedulerVersion) {
    this.template = template;
    this.nodes = nodes;
    this.state = state;
    this.claims = state.claimsOf(template);
    this.everywhere = this.judgePod(version);
  }

  /** True when the claims alone rule out every node, before any other filter is asked. */
  get rejectsPod(): boolean {
    return this.everywhere.verdict !== passes;
  }

  judge(slot: number): VolumeVerdict {
    const node = this.nodes.nodeAt(slot);
    if (node === undefined || this.rejectsPod) return this.everywhere;
    if (!this.staysWithinLimits(slot, node)) return failure("NodeVolumeLimits", "node(s) exceed max volume count");
    const binding = this.judgeBinding(node);
    if (binding !== undefined) return failure("VolumeBinding", binding);
    if (!this.boundVolumes().every((volume) => matchesZone(volume, node)))
      return failure("VolumeZone", "node(s) had no available volume zone");
    return fits;
  }

  private judgePod({ checksReadWriteOncePod }: SchedulerVersion): VolumeVerdict {
    for (const [index, claim] of this.claims.entries()) {
      const name = this.template.claims[index] ?? "";
      if (claim === undefined) return failure("VolumeBinding", `persistentvolumeclaim "${name}" not found`);
      if (checksReadWriteOncePod && claim.accessModes.includes("ReadWriteOncePod") && this.state.isUsed(claim.id))
        return failure(
          "VolumeRestrictions",
          "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
        );
      if (claim.isLost)
        return failure(
          "VolumeBinding",
          `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.volume ?? ""}"`,
        );
      if (claim.isDeleting) return failure("VolumeBinding", `persistentvolumeclaim "${name}" is being deleted`);
      const isWaiting = this.state.classNamed(claim.storageClass)?.waitsForPod === true;
      if (claim.volume === undefined && !isWaiting)
        return failure("VolumeBinding", "pod has unbound immediate PersistentVolumeClaims");
    }
    return fits;
  }

  private staysWithinLimits(slot: number, node: ClusterNode): boolean {
    const added = new Map<string, Set<string>>();
    for (const claim of this.claims) {
      if (claim === undefined) continue;
      const volume = claim.volume === undefined ? undefined : this.state.volumeNamed(claim.volume);
      const driver = volume?.driver ?? this.state.classNamed(claim.storageClass)?.provisioner;
      if (driver === undefined) continue;
      const name = volume?.name ?? claim.id;
      if (this.state.attachedTo(slot, driver)?.has(name) === true) continue;
      added.set(driver, (added.get(driver) ?? new Set()).add(name));
    }
    return [...added].every(([driver, volumes]) => {
      const limit = this.state.objects.attachLimits.get(`${node.name}/${driver}`);
      return limit === undefined || (this.state.attachedTo(slot, driver)?.size ?? 0) + volumes.size <= limit;
    });
  }

  private judgeBinding(node: ClusterNode): string | undefined {
    const bound = this.boundVolumes();
    if (!bound.every((volume) => this.reachesNode(volume, node))) return affinityMismatch;
    const waiting = this.claims
      .flatMap((claim) => (claim === undefined || claim.volume !== undefined ? [] : [claim]))
      .toSorted((left, right) => left.sizeBytes - right.sizeBytes);
    const taken = new Set<string>();
    for (const claim of waiting) {
      const problem = this.judgeWaiting(claim, node, taken);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  private judgeWaiting(claim: VolumeClaimObject, node: ClusterNode, taken: Set<string>): string | undefined {
    if (claim.selectedNode !== undefined && claim.selectedNode !== node.name) return nothingToBind;
    const volume = this.state.freeVolume(claim, node, taken);
    if (volume !== undefined) {
      taken.add(volume.name);
      return undefined;
    }
    const storageClass = this.state.classNamed(claim.storageClass);
    if (storageClass === undefined || storageClass.provisioner === "kubernetes.io/no-provisioner") return nothingToBind;
    const { allowedTopologies, provisioner } = storageClass;
    if (allowedTopologies !== undefined && !reaches(allowedTopologies, node)) return nothingToBind;
    const { driversWithCapacity, capacities } = this.state.objects;
    if (!driversWithCapacity.has(provisioner)) return undefined;
    const hasRoom = capacities.some(
      (each) =>
        each.storageClass === claim.storageClass && each.capacityBytes >= claim.sizeBytes && reaches(each.reach, node),
    );
    return hasRoom ? undefined : "node(s) did not have enough free storage";
  }

  private boundVolumes(): readonly PersistentVolume[] {
    return this.claims.flatMap((claim) => {
      const volume = claim?.volume === undefined ? undefined : this.state.volumeNamed(claim.volume);
      return volume === undefined ? [] : [volume];
    });
  }

  /** By a column of the node table, since volumes of one zone share their rule. */
  private reachesNode({ reach }: PersistentVolume, node: ClusterNode): boolean {
    const column = this.nodes.column(`reach ${reach.key}`, (each) => (reaches(reach, each) ? 1 : 0));
    return column.values[this.nodes.slotOf(node.name) ?? -1] === 1;
  }
}

/** A node without any topology label takes every volume. */
function matchesZone({ zoneLabels }: PersistentVolume, node: ClusterNode): boolean {
  const keys = Object.keys(node.labels).filter((key) =>
    /^(?:topology\.kubernetes\.io|failure-domain\.beta\.kubernetes\.io)\/(?:zone|region)$/.test(key),
  );
  if (keys.length === 0) return true;
  return zoneLabels.every(({ key, values }) => values.includes(node.labels[key] ?? ""));
}

function failure(
  plugin: "VolumeRestrictions" | "NodeVolumeLimits" | "VolumeBinding" | "VolumeZone",
  reason: string,
): VolumeVerdict {
  return { verdict: verdictOf(plugin), reason };
}
