import type { Catalog, DataServiceFact } from "../../catalog/catalog.ts";
import { type AssumptionRule, assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  diskReattachTime,
  podRestartTime,
  statefulReschedulingWindow,
} from "../../estate/assumptions/failure-rules.ts";
import { replaySeconds } from "../../estate/assumptions/replay-rules.ts";
import {
  clientReconnect,
  leaderElection,
  managedRestoreRate,
  nodeAutoRepair,
  operatorResponse,
  recoverySeconds,
  restoreMebibytesPerSecond,
} from "../../estate/assumptions/store-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { numberOf, numbersOf, publishedReason } from "../bound.ts";
import type { ClusterStore } from "./cluster/cluster-store.ts";
import { always, between, type DurationDistribution, type DurationRange } from "./distribution.ts";
import { failureNumber, type RecoveryKnowledge } from "./recovery-knowledge.ts";
import type { PlannedStep } from "./scope-timeline.ts";

/** Timers of Kubernetes, AKS and its disks, from published facts; what no source times is an assumption. */
export interface Timers {
  readonly detection: (store: ClusterStore) => PlannedStep;
  readonly toleration: (store: ClusterStore) => PlannedStep;
  readonly forceDetach: PlannedStep;
  readonly moveDisk: PlannedStep;
  readonly shutdownTaint: PlannedStep;
  readonly autoRepair: PlannedStep;
  readonly restart: (store: ClusterStore) => PlannedStep;
  readonly operator: PlannedStep;
  readonly election: PlannedStep;
  readonly reconnect: PlannedStep;
  readonly restore: (sizeGiB: number) => PlannedStep;
}

/** Minor version from which a node may be silent for 50 s instead of 40 s. */
const longerGraceMinor = 32;
const mebibytesPerGibibyte = 1024;

export function timersOf(known: RecoveryKnowledge): Timers {
  const fact = (id: string) => known.catalog.dataServiceFact(id);
  const attach = attachDistribution(fact);
  const forcedDetach = forcedDetachTime(known);
  return {
    detection: ({ kubernetesVersion }) => ({
      label: "the node counts as lost",
      duration: always(detectionSeconds(fact("k8s.nodemonitor"), kubernetesVersion)),
      reasons: cite(fact("k8s.nodemonitor")),
    }),
    toleration: ({ tolerationSeconds, tolerationReason }) => ({
      label: "the pod's toleration runs out",
      duration: always(tolerationSeconds),
      reasons: [tolerationReason],
    }),
    forceDetach: {
      label: "the disk is taken off the lost node by force",
      duration: always(forcedDetach.value * 3600),
      reasons: forcedDetach.reasons,
    },
    moveDisk: {
      label: "the disk is detached, attached and mounted",
      duration: attach,
      reasons: cite(fact("aks.disk.attach.normal"), fact("aks.disk.attach.tail"), fact("aks.disk.attach.2018")),
    },
    shutdownTaint: {
      label: "the cloud provider sees that the machine is off and taints it out of service",
      duration: between(0, (numberOf(fact("aks.oos.auto")) ?? 600) / 2, numberOf(fact("aks.oos.auto")) ?? 600),
      reasons: cite(fact("aks.oos.auto")),
    },
    autoRepair: autoRepairStep(known),
    restart: (store) => restartStep(store, known),
    operator: assumed("somebody is paged and acts", operatorResponse, recoverySeconds.operatorResponse),
    election: assumed("another replica takes the lead", leaderElection, recoverySeconds.leaderElection),
    reconnect: assumed("clients reconnect", clientReconnect, recoverySeconds.reconnect),
    restore: restoreStep,
  };
}

/** Published, unless the estate knows its own (`disk-reattach-time`). */
function forcedDetachTime(known: RecoveryKnowledge): { readonly value: number; readonly reasons: readonly Reason[] } {
  const fact = known.catalog.dataServiceFact("k8s.forcedetach");
  const { value, reason } = failureNumber(known, diskReattachTime);
  const seconds = numberOf(fact);
  if (known.failureModel.has(diskReattachTime.name) || seconds === undefined) return { value, reasons: [reason] };
  return { value: seconds / 3600, reasons: cite(fact) };
}

/** Best effort of AKS, unless the estate knows how long a pod is gone with its node (`stateful-rescheduling-window`). */
function autoRepairStep(known: RecoveryKnowledge): PlannedStep {
  const { value, reason } = failureNumber(known, statefulReschedulingWindow);
  const label = "AKS repairs the node";
  if (known.failureModel.has(statefulReschedulingWindow.name)) {
    return { label, duration: always(value * 3600), reasons: [reason] };
  }
  return assumed(label, nodeAutoRepair, recoverySeconds.autoRepair, [reason]);
}

/** The default where no toleration is declared. */
export function standardToleration(catalog: Catalog): { readonly seconds: number; readonly reason: Reason } {
  const known = catalog.dataServiceFact("k8s.toleration");
  const [reason] = cite(known);
  const seconds = numberOf(known) ?? replaySeconds.unreachable;
  return { seconds, reason: reason ?? { kind: "formula", text: `DefaultTolerationSeconds: ${seconds} s` } };
}

function detectionSeconds(fact: DataServiceFact | undefined, version: string): number {
  const range = Array.isArray(fact?.value) ? fact.value.filter((each) => typeof each === "number") : [];
  const [before = replaySeconds.detection, after = replaySeconds.detection] = range;
  return Number(version.split(".")[1] ?? longerGraceMinor) >= longerGraceMinor ? after : before;
}

/**
 * Detach and attach take the normal time each as a rule; the tail is what was measured of single operations, and its end two
 * of the slowest that were published.
 */
function attachDistribution(fact: (id: string) => DataServiceFact | undefined): DurationDistribution {
  const normal = (numberOf(fact("aks.disk.attach.normal")) ?? 15) * 2;
  const above60 = numbersOf(fact("aks.disk.attach.tail"))[">60s"] ?? 0;
  const above120 = numbersOf(fact("aks.disk.attach.tail"))[">120s"] ?? 0;
  const slowest = numbersOf(fact("aks.disk.attach.2018"))["westeurope"] ?? normal;
  return [
    [0, normal * (2 / 3)],
    [0.5, normal],
    [1 - above60 / 100, Math.max(60, normal)],
    [1 - above120 / 100, Math.max(120, normal)],
    [1, Math.max(120, normal, 2 * slowest)],
  ];
}

function restartStep({ readySeconds }: ClusterStore, known: RecoveryKnowledge): PlannedStep {
  const least = replaySeconds.podStart + readySeconds;
  const { value, reason } = failureNumber(known, podRestartTime);
  const likely = Math.max(least, value * 3600);
  return {
    label: "the pod starts, recovers its data and is ready",
    duration: between(least, likely, 3 * likely),
    reasons: [
      { kind: "formula", text: `at least ${least} s: 5 s to start a container and ${readySeconds} s of probe delays` },
      reason,
    ],
  };
}

function restoreStep(sizeGiB: number): PlannedStep {
  const seconds = (rate: number) => (sizeGiB * mebibytesPerGibibyte) / rate;
  const { newServer } = recoverySeconds;
  const { low, likely, high } = restoreMebibytesPerSecond;
  return {
    label: `${sizeGiB} GiB are restored from backup`,
    duration: between(newServer.low + seconds(high), newServer.likely + seconds(likely), newServer.high + seconds(low)),
    reasons: [assumptionReason(managedRestoreRate, { sizeGiB })],
  };
}

function assumed(
  label: string,
  rule: AssumptionRule<DurationRange>,
  range: DurationRange,
  more: readonly Reason[] = [],
): PlannedStep {
  return {
    label,
    duration: between(range.low, range.likely, range.high),
    reasons: [assumptionReason(rule, range), ...more],
  };
}

/** A filled gap as a reason. */
export function assumptionReason<Parameters>(rule: AssumptionRule<Parameters>, parameters: Parameters): Reason {
  const { id, text, value } = assume(rule, "Estate", parameters);
  return { kind: "assumption", id, text, value };
}

function cite(...facts: readonly (DataServiceFact | undefined)[]): readonly Reason[] {
  return facts.flatMap((fact) => (fact === undefined ? [] : [publishedReason(fact)]));
}
