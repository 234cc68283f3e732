import { zoneRepairTime } from "../../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../../estate/figures/figure.ts";
import { type Bound, never, unknown, within } from "../../bound.ts";
import { always } from "../distribution.ts";
import { failureNumber, type RecoveryKnowledge } from "../recovery-knowledge.ts";
import {
  endlessTimeline,
  type PlannedStep,
  type RecoveryScope,
  type ScopeTimeline,
  timelineOf,
} from "../scope-timeline.ts";
import { type Timers, timersOf } from "../timers.ts";
import { type ClusterStore, isAttached, isZonal, sharesDisk } from "./cluster-store.ts";

/** How a database in the cluster comes back after a failure of one scope. */
export function clusterRecovery(store: ClusterStore, scope: RecoveryScope, known: RecoveryKnowledge): ScopeTimeline {
  const timers = timersOf(known);
  switch (scope) {
    case "pod":
      return survives(store, 1)
        ? elected(store, scope, timers)
        : timelineOf({ scope, outcome: "recovers", summary: "the kubelet starts the pod again", rpo: kept(store) }, [
            timers.restart(store),
          ]);
    case "drain":
      return drained(store, timers);
    case "node":
      if (sharesDisk(store)) return fenced(store, scope, timers);
      return survives(store, 1) ? elected(store, scope, timers) : nodeLost(store, timers);
    case "zone":
      if (sharesDisk(store) && store.disk === "sharedZrs" && store.spreadZones > 1) return fenced(store, scope, timers);
      return survives(store, Math.ceil(store.replicas / Math.max(1, store.spreadZones)))
        ? elected(store, scope, timers)
        : zoneLost(store, timers, known);
    case "region":
      return restored(store, scope, "the region is gone with the disks in it", timers);
    case "operatorError":
      return restored(store, scope, "what was destroyed is destroyed on every copy", timers);
  }
}

const unknownDisk = "what the storage class of its volume gives";

/** Whether a disk can follow to another node is not known: neither is the time, nor what is lost. */
function unknownWhetherItMoves(scope: RecoveryScope): ScopeTimeline {
  const rpo = unknown(unknownDisk);
  const summary = "the storage class of its volume is not in the input, or its driver is not one of Azure's";
  return endlessTimeline({ scope, outcome: "unknown", summary, rpo }, rpo);
}

/** The lesser half may be lost: a majority of the replicas goes on. */
function survives({ replicates, replicas }: ClusterStore, lost: number): boolean {
  return replicates && replicas - lost > replicas / 2;
}

function elected(store: ClusterStore, scope: RecoveryScope, { election }: Timers): ScopeTimeline {
  const summary = `${store.replicas} replicas hold the data; a majority goes on without what failed`;
  return timelineOf({ scope, outcome: "recovers", summary, rpo: kept(store) }, [election]);
}

/** Another replica has the disk already, and takes it by a reservation that the lost one can no longer write under. */
function fenced(store: ClusterStore, scope: RecoveryScope, { election }: Timers): ScopeTimeline {
  const summary =
    "another replica has the disk attached too: it fences the lost one by a reservation (SCSI) and serves, where its software does so";
  return timelineOf({ scope, outcome: "recovers", summary, rpo: kept(store) }, [election]);
}

/** The disk is still there when the pod is back; of several copies nobody knows which writes they had. */
function kept(store: ClusterStore): Bound {
  if (store.disk === "none") return unknown("a volume that keeps the data");
  if (store.disk === "unknown") return unknown(unknownDisk);
  if (store.replicates) return unknown("whether the replicas have a write before it is answered");
  return within(0, "design", [{ kind: "formula", text: "the disk comes back with its pod" }, ...store.diskReasons]);
}

function drained(store: ClusterStore, timers: Timers): ScopeTimeline {
  const scope = "drain";
  if (store.disk === "nvme") {
    return replaced(store, scope, "the local disk stays behind with the node that is drained", timers);
  }
  if (survives(store, 1)) return elected(store, scope, timers);
  if (store.disk === "unknown") return unknownWhetherItMoves(scope);
  const steps = [...(isAttached(store.disk) ? [timers.moveDisk] : []), timers.restart(store)];
  const summary = "the pod is asked to go and starts on another node; no timer of a failure runs";
  return timelineOf({ scope, outcome: "recovers", summary, rpo: kept(store) }, steps);
}

function nodeLost(store: ClusterStore, timers: Timers): ScopeTimeline {
  if (store.disk === "nvme") return replaced(store, "node", "the local disk is lost with the node", timers);
  if (store.disk === "unknown") return unknownWhetherItMoves("node");
  if (store.kind === "StatefulSet" && store.graceSeconds > 0) return heldByName(store, timers);
  if (store.tolerationSeconds === Number.POSITIVE_INFINITY) return neverEvicted(store, timers);
  const steps = evicted(store, timers);
  const lever =
    store.tolerationSeconds > 30
      ? `tolerationSeconds ${store.tolerationSeconds} → 30 saves ${store.tolerationSeconds - 30} s`
      : undefined;
  const summary =
    store.kind === "StatefulSet"
      ? "grace period 0: a second pod of the name starts while the first may still write"
      : "another pod is made when the toleration runs out, and waits for the disk";
  return timelineOf(
    { scope: "node", outcome: "recovers", summary, rpo: kept(store), ...(lever === undefined ? {} : { lever }) },
    steps,
  );
}

/** Nothing deletes the pod, so nothing replaces it, until the node is back or deleted. */
function neverEvicted(store: ClusterStore, timers: Timers): ScopeTimeline {
  return timelineOf(
    {
      scope: "node",
      outcome: "recovers",
      summary: "the pod tolerates a lost node without end, so none is made elsewhere until the node is back or deleted",
      rpo: kept(store),
      lever: "tolerationSeconds on its toleration of node.kubernetes.io/unreachable",
    },
    [timers.detection(store), timers.autoRepair, timers.restart(store)],
  );
}

/** Detection, toleration, the disk by force where one hangs on it, and the start. */
function evicted(store: ClusterStore, timers: Timers): readonly PlannedStep[] {
  const disk = isAttached(store.disk) ? [timers.forceDetach, timers.moveDisk] : [];
  return [timers.detection(store), timers.toleration(store), ...disk, timers.restart(store)];
}

/** The controller makes no second pod of the name: the node has to come back, or be declared gone. */
function heldByName(store: ClusterStore, timers: Timers): ScopeTimeline {
  return timelineOf(
    {
      scope: "node",
      outcome: "recovers",
      summary:
        "the pod keeps its name on the lost node until the node is back, deleted or tainted out of service; AKS repairs it at best effort, and nothing else happens by itself",
      rpo: kept(store),
      lever: "automation that taints a node out of service once its machine is verified to be off",
    },
    [timers.detection(store), timers.autoRepair, timers.restart(store)],
  );
}

/** The same node loss where the machine is off, and where automation of one's own acts at detection. */
export function stoppedMachine(store: ClusterStore, known: RecoveryKnowledge): ScopeTimeline | undefined {
  if (store.kind !== "StatefulSet" || store.graceSeconds === 0 || store.disk === "nvme" || survives(store, 1)) {
    return undefined;
  }
  const timers = timersOf(known);
  const disk = isAttached(store.disk) ? [timers.moveDisk] : [];
  return timelineOf(
    {
      scope: "node",
      outcome: "recovers",
      summary: "where the machine is really off, the cloud provider declares it out of service",
      rpo: kept(store),
    },
    [timers.detection(store), timers.shutdownTaint, ...disk, timers.restart(store)],
  );
}

function zoneLost(store: ClusterStore, timers: Timers, known: RecoveryKnowledge): ScopeTimeline {
  const goesOnElsewhere = store.kind === "StatefulSet" || store.tolerationSeconds < Number.POSITIVE_INFINITY;
  if (isZonal(store.disk) || store.zones < 2 || !goesOnElsewhere) return waitsForZone(store, timers, known);
  if (store.disk === "unknown") return unknownWhetherItMoves("zone");
  if (store.disk === "nvme") return replaced(store, "zone", "the local disks of the zone are lost", timers);
  if (store.kind === "StatefulSet" && store.graceSeconds > 0) {
    return timelineOf(
      {
        scope: "zone",
        outcome: "byHand",
        summary:
          "the disk can be attached in another zone, but the pods keep their names: somebody has to taint the lost nodes out of service",
        rpo: kept(store),
        lever: "automation that taints the nodes of a lost zone out of service",
      },
      [
        timers.detection(store),
        timers.operator,
        ...(isAttached(store.disk) ? [timers.moveDisk] : []),
        timers.restart(store),
      ],
    );
  }
  const summary = "another pod starts in another zone, where there is room, and takes the disk along";
  return timelineOf({ scope: "zone", outcome: "recovers", summary, rpo: kept(store) }, evicted(store, timers));
}

/** As long as availability takes a zone to be gone. */
function waitsForZone(store: ClusterStore, timers: Timers, known: RecoveryKnowledge): ScopeTimeline {
  const { value, reason } = failureNumber(known, zoneRepairTime);
  const back: PlannedStep = { label: "the zone comes back", duration: always(value * 3600), reasons: [reason] };
  return timelineOf(
    {
      scope: "zone",
      outcome: "waits",
      summary: whyItWaits(store),
      rpo: kept(store),
      lever: "a zone-redundant disk, or replicas in three zones",
    },
    [back, timers.restart(store)],
  );
}

function whyItWaits({ zones, disk }: ClusterStore): string {
  if (zones < 2) return "there is no other zone to go to";
  return isZonal(disk)
    ? "the disk is in the lost zone, and nowhere else"
    : "the pod tolerates a lost node without end, so none is made elsewhere";
}

function replaced(store: ClusterStore, scope: RecoveryScope, what: string, timers: Timers): ScopeTimeline {
  return survives(store, 1) && scope !== "zone"
    ? elected(store, scope, timers)
    : restored(store, scope, `${what}, and no other copy is left`, timers);
}

function restored(store: ClusterStore, scope: RecoveryScope, what: string, timers: Timers): ScopeTimeline {
  const lever = "backups (Velero or AKS Backup) to another region, and a restore drill";
  if (store.hasBackups === false) {
    const why = `${what}, and there is no backup`;
    return endlessTimeline({ scope, outcome: "lost", summary: why, rpo: never(why), lever }, never(why));
  }
  const missing: string[] = [
    ...(store.hasBackups === undefined ? ["whether the volume is backed up"] : []),
    ...(store.sizeGiB === undefined ? ["the size of the volume"] : []),
  ];
  const rpo = unknown("the interval of its backups");
  if (store.sizeGiB === undefined || missing.length > 0) {
    const frame = { scope, outcome: "unknown", summary: `${what}; backups are not declared`, rpo, lever } as const;
    return endlessTimeline(frame, unknown(missing.join(" and ")));
  }
  const steps = [timers.operator, timers.restore(store.sizeGiB), timers.restart(store)];
  return timelineOf({ scope, outcome: "byHand", summary: `${what}: it is restored from backup`, rpo }, steps);
}

/** Why a reason of the toleration is what it is, where the manifest says it. */
export function declaredToleration(seconds: number): Reason {
  const name = "tolerationSeconds for unreachable nodes";
  if (seconds === Number.POSITIVE_INFINITY) return { kind: "declared", name, value: "without end" };
  return { kind: "declared", name, value: seconds, unit: "s" };
}
