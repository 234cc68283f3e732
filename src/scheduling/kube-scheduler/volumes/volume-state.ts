import { matchesRequired } from "../../node-affinity.ts";
import type { ClusterNode } from "../model/cluster-node.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import {
  type NodeReach,
  type PersistentVolume,
  reachOfLabel,
  type StorageClassObject,
  type VolumeClaimObject,
  type VolumeObjects,
} from "./volume-objects.ts";

/** The driver of Azure disks, whose locally redundant volumes belong to the zone they were made in. */
const azureDiskDriver = "disk.csi.azure.com";
const azureDiskZoneKey = "topology.disk.csi.azure.com/zone";
const zoneKey = "topology.kubernetes.io/zone";

/** Claims and volumes while pods are placed: claims that waited for a pod are bound where it landed. */
export class VolumeState {
  readonly objects: VolumeObjects;
  private readonly claims: Map<string, VolumeClaimObject>;
  private readonly volumes: Map<string, PersistentVolume>;
  private readonly usersOfClaim = new Map<string, Set<string>>();
  /** Users by volume, by driver, by slot. */
  private readonly attached = new Map<number, Map<string, Map<string, number>>>();
  private readonly note: (undo: () => void) => void;

  constructor(objects: VolumeObjects, note: (undo: () => void) => void) {
    this.objects = objects;
    this.claims = new Map(objects.claims);
    this.volumes = new Map(objects.volumes);
    this.note = note;
  }

  claimsOf(template: PodTemplate): readonly (VolumeClaimObject | undefined)[] {
    return template.claims.map((name) => this.claims.get(`${template.namespace}/${name}`));
  }

  volumeNamed(name: string): PersistentVolume | undefined {
    return this.volumes.get(name);
  }

  classNamed(name: string): StorageClassObject | undefined {
    return this.objects.classes.get(name);
  }

  isUsed(claimId: string): boolean {
    return (this.usersOfClaim.get(claimId)?.size ?? 0) > 0;
  }

  /** Volumes of a driver attached to the node in a slot. */
  attachedTo(slot: number, driver: string): ReadonlyMap<string, number> | undefined {
    return this.attached.get(slot)?.get(driver);
  }

  /** The smallest free volume that suits a claim on a node; `taken` are promised to other claims of the pod. */
  freeVolume(claim: VolumeClaimObject, node: ClusterNode, taken: ReadonlySet<string>): PersistentVolume | undefined {
    let best: PersistentVolume | undefined;
    for (const volume of this.volumes.values()) {
      if (volume.claim !== undefined && volume.claim !== claim.id) continue;
      if (taken.has(volume.name) || volume.storageClass !== claim.storageClass) continue;
      if (volume.capacityBytes < claim.sizeBytes) continue;
      if (!claim.accessModes.every((mode) => volume.accessModes.includes(mode))) continue;
      if (!reaches(volume.reach, node)) continue;
      if (best === undefined || volume.capacityBytes < best.capacityBytes) best = volume;
    }
    return best;
  }

  /** A pod has landed: its waiting claims are bound, its volumes attached. */
  attach(pod: ClusterPod, slot: number, node: ClusterNode | undefined): void {
    for (const name of pod.template.claims) {
      const id = `${pod.template.namespace}/${name}`;
      const users = this.usersOfClaim.get(id) ?? new Set<string>();
      this.usersOfClaim.set(id, users.add(pod.id));
      const claim = this.claims.get(id);
      if (claim !== undefined && claim.volume === undefined && node !== undefined) this.bind(claim, node);
    }
    this.countAttached(pod, slot, 1);
  }

  detach(pod: ClusterPod, slot: number): void {
    for (const name of pod.template.claims) this.usersOfClaim.get(`${pod.template.namespace}/${name}`)?.delete(pod.id);
    this.countAttached(pod, slot, -1);
  }

  private bind(claim: VolumeClaimObject, node: ClusterNode): void {
    const storageClass = this.classNamed(claim.storageClass);
    if (storageClass === undefined) return;
    const volume = this.freeVolume(claim, node, new Set()) ?? provisioned(claim, storageClass, node);
    const before = this.volumes.get(volume.name);
    this.volumes.set(volume.name, { ...volume, claim: claim.id });
    this.claims.set(claim.id, { ...claim, volume: volume.name });
    this.note(() => {
      this.claims.set(claim.id, claim);
      if (before === undefined) this.volumes.delete(volume.name);
      else this.volumes.set(volume.name, before);
    });
  }

  private countAttached({ template }: ClusterPod, slot: number, sign: 1 | -1): void {
    for (const claim of this.claimsOf(template)) {
      const volume = claim?.volume === undefined ? undefined : this.volumes.get(claim.volume);
      if (volume?.driver === undefined) continue;
      const byDriver = this.attached.get(slot) ?? new Map<string, Map<string, number>>();
      const users = byDriver.get(volume.driver) ?? new Map<string, number>();
      const left = (users.get(volume.name) ?? 0) + sign;
      if (left > 0) users.set(volume.name, left);
      else users.delete(volume.name);
      this.attached.set(slot, byDriver.set(volume.driver, users));
    }
  }
}

/** True when a node is within a reach. */
export function reaches(reach: NodeReach, node: ClusterNode): boolean {
  return matchesRequired(reach.affinity, node.labels, node.name);
}

/** The volume that the class's provisioner makes for a claim whose pod landed on the node. */
function provisioned(claim: VolumeClaimObject, storageClass: StorageClassObject, node: ClusterNode): PersistentVolume {
  return {
    name: `pvc-${claim.id.replaceAll("/", "-")}`,
    storageClass: storageClass.name,
    capacityBytes: claim.sizeBytes,
    accessModes: claim.accessModes,
    reach: reachOfNewVolume(storageClass, node),
    zoneLabels: [],
    driver: storageClass.provisioner,
    claim: claim.id,
  };
}

function reachOfNewVolume(storageClass: StorageClassObject, node: ClusterNode): NodeReach {
  const everywhere: NodeReach = { key: "null", affinity: { required: undefined, preferred: [] } };
  if (storageClass.provisioner !== azureDiskDriver || storageClass.isZoneRedundant) return everywhere;
  const key = Object.hasOwn(node.labels, azureDiskZoneKey) ? azureDiskZoneKey : zoneKey;
  const zone = node.labels[key];
  return zone === undefined ? everywhere : reachOfLabel(key, [zone]);
}
