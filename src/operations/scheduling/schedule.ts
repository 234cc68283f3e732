import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  schedulerVersionUnknown,
  schedulingStopped,
  snapshotDetailCut,
} from "../../estate/diagnostics/scheduling-diagnostics.ts";
import {
  explainUnschedulable,
  type Unschedulable,
} from "../../scheduling/kube-scheduler/explanation/explain-unschedulable.ts";
import type { PodStep } from "../../scheduling/kube-scheduler/pod-step.ts";
import { runQueue } from "../../scheduling/kube-scheduler/run-queue.ts";
import {
  newestMinor,
  parseSchedulerVersion,
  type SchedulerVersion,
  schedulerVersion,
} from "../../scheduling/kube-scheduler/scheduler-version.ts";
import { loadCluster } from "../../scheduling/kube-scheduler/snapshot/load-cluster.ts";
import { type ClusterSnapshot, readSnapshots } from "../../scheduling/kube-scheduler/snapshot/read-snapshot.ts";
import type { TieBreak } from "../../scheduling/kube-scheduler/tie-breaker.ts";
import type { Progress } from "../ports.ts";

export interface ScheduleOptions {
  /** Such as `1.34`; text that names no known version is taken for the newest, with a diagnostic. */
  readonly kubernetesVersion: string;
  /** Undefined: all nodes are looked at; 0 to 100 samples them as kube-scheduler does, 0 by the cluster's size. */
  readonly percentageOfNodesToScore?: number;
  /** Chooses among equally good nodes; without it the first in the order of the nodes. */
  readonly seed?: number;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** One cluster's answer. */
export interface ScheduleCase {
  readonly id: string;
  readonly nodes: number;
  /** A step for each pod, in the order in which they were scheduled. */
  readonly steps: readonly PodStep[];
  /** Why pods fit nowhere, as the cluster stands after the last step. */
  readonly unschedulable: readonly Unschedulable[];
  /** Pods driven out by more important ones; only where the queue is run. */
  readonly preempted: readonly { readonly pod: string; readonly from: string; readonly by: string }[];
}

/** What `scantling schedule -o json` prints. */
export interface ScheduleReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Schedule";
  /** Whose scheduler's behaviour was reproduced. */
  readonly kubernetesVersion: string;
  readonly cases: readonly ScheduleCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Answers of single nodes beyond which steps name the choice only. */
const mostAnswers = 1_000_000;

/**
 * Schedules the pods of each snapshot of a JSON or JSON-lines text, in the order given, one after the other, and reports
 * every node's verdict or scores. `source` names the text in diagnostics. Throws only when the signal aborts.
 */
export function scheduleSnapshots(text: string, source: string, options: ScheduleOptions): ScheduleReport {
  const { snapshots, diagnostics: unread } = readSnapshots(text, source);
  return scheduleEach(snapshots, options, unread, scheduleInOrder);
}

/** Settles the pods of clusters as the real queue does: by priority, with preemption, until nothing more fits. */
export function settleClusters(
  clusters: readonly ClusterSnapshot[],
  options: ScheduleOptions,
  diagnostics: readonly Diagnostic[],
): ScheduleReport {
  return scheduleEach(clusters, options, diagnostics, settle);
}

interface CaseOutcome {
  readonly answer: ScheduleCase;
  readonly diagnostics: readonly Diagnostic[];
}

type ScheduleOne = (snapshot: ClusterSnapshot, version: SchedulerVersion, options: ScheduleOptions) => CaseOutcome;

function scheduleEach(
  snapshots: readonly ClusterSnapshot[],
  options: ScheduleOptions,
  unread: readonly Diagnostic[],
  scheduleOne: ScheduleOne,
): ScheduleReport {
  const reading = parseSchedulerVersion(options.kubernetesVersion);
  const { version, known } = reading ?? { version: schedulerVersion(newestMinor), known: false };
  const outside = known
    ? []
    : [diagnose(schedulerVersionUnknown, { version: options.kubernetesVersion, used: version.name })];
  const outcomes = snapshots.map((snapshot) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(`scheduling ${snapshot.id}`);
    return scheduleOne(snapshot, version, options);
  });
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Schedule",
    kubernetesVersion: version.name,
    cases: outcomes.map(({ answer }) => answer),
    diagnostics: [...unread, ...outside, ...outcomes.flatMap(({ diagnostics }) => diagnostics)],
  };
}

function scheduleInOrder(snapshot: ClusterSnapshot, version: SchedulerVersion, options: ScheduleOptions): CaseOutcome {
  const { scheduler, pending, diagnostics } = loadCluster(snapshot, schedulerOptions(version, options));
  const nodes = scheduler.cluster.nodes.count;
  const answers = nodes * pending.length;
  const isFull = answers <= mostAnswers;
  const steps: PodStep[] = [];
  const left = [];
  for (const pod of pending) {
    options.signal?.throwIfAborted();
    const step = isFull ? scheduler.describe(pod) : undefined;
    // The described choice stands: drawing again could break a tie differently.
    const chosen = step === undefined ? chosenNode(scheduler.choose(pod)) : step.chosen;
    if (chosen === "") left.push(pod);
    else scheduler.cluster.addPod(pod, chosen);
    steps.push(step ?? choiceOnly(pod.name, chosen));
  }
  const unschedulable = left.flatMap((pod) => explainUnschedulable(scheduler, pod) ?? []);
  const cut = isFull ? [] : [diagnose(snapshotDetailCut, { snapshot: snapshot.id, answers })];
  return {
    answer: { id: snapshot.id, nodes, steps, unschedulable, preempted: [] },
    diagnostics: [...diagnostics, ...cut],
  };
}

function settle(cluster: ClusterSnapshot, version: SchedulerVersion, options: ScheduleOptions): CaseOutcome {
  const { scheduler, pending, diagnostics } = loadCluster(cluster, schedulerOptions(version, options));
  const run = runQueue(scheduler, pending, options);
  const { attempts } = run;
  const stopped = run.isComplete ? [] : [diagnose(schedulingStopped, { cluster: cluster.id, attempts })];
  return {
    answer: {
      id: cluster.id,
      nodes: scheduler.cluster.nodes.count,
      steps: [
        ...run.scheduled.map(({ pod, node }) => choiceOnly(pod.id, node)),
        ...run.pending.map((pod) => choiceOnly(pod.id, "")),
      ],
      unschedulable: run.pending.flatMap((pod) => explainUnschedulable(scheduler, pod) ?? []),
      preempted: run.preempted,
    },
    diagnostics: [...diagnostics, ...stopped],
  };
}

function schedulerOptions(version: SchedulerVersion, { percentageOfNodesToScore, seed }: ScheduleOptions) {
  const tieBreak: TieBreak = seed === undefined ? { kind: "first" } : { kind: "seeded", seed };
  return { version, tieBreak, ...(percentageOfNodesToScore === undefined ? {} : { percentageOfNodesToScore }) };
}

function chosenNode(decision: { readonly kind: string; readonly node?: string }): string {
  return decision.node ?? "";
}

function choiceOnly(pod: string, chosen: string): PodStep {
  return { pod, nodes: {}, best: chosen === "" ? [] : [chosen], chosen };
}
