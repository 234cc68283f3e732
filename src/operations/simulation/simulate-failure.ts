import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  forcedDetach,
  nodeLossDetection,
  nodeReady,
  orderedPodsWait,
  podStart,
  replaySeconds,
  unreachableToleration,
} from "../../estate/assumptions/replay-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nothingToFail } from "../../estate/diagnostics/replay-diagnostics.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { NodeCounts } from "../../scheduling/kube-scheduler/from-estate/estate-cluster.ts";
import {
  newestMinor,
  parseSchedulerVersion,
  schedulerVersion,
} from "../../scheduling/kube-scheduler/scheduler-version.ts";
import type { FailureOutcome } from "../../scheduling/replay/failure/failure-outcome.ts";
import { type JourneyEffect, JourneyIndex } from "../../scheduling/replay/failure/journey-effects.ts";
import { replayFailures } from "../../scheduling/replay/failure/replay-failures.ts";
import {
  type FailureTargets,
  failureOf,
  singleFailures,
  unknownTargets,
} from "../../scheduling/replay/failure/scenarios.ts";
import { readEstateCluster } from "../../scheduling/replay/from-estate/read-estate-cluster.ts";
import type { ReplayCluster } from "../../scheduling/replay/replay-cluster.ts";
import { readTraceNodes, readTracePods } from "../../scheduling/replay/trace/read-trace.ts";
import { readTraceCluster } from "../../scheduling/replay/trace/trace-cluster.ts";
import type { Progress } from "../ports.ts";

export interface SimulateFailureOptions {
  /** What is lost together; undefined or empty: every zone, pool and node, one at a time. */
  readonly targets?: FailureTargets;
  readonly onProgress?: Progress;
  /** Aborting throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface SimulateEstateFailureOptions extends SimulateFailureOptions {
  readonly nodes: NodeCounts;
  /** Undefined: every cluster. */
  readonly cluster?: string;
}

/** A table of a cluster, with the name of the file for diagnostics. */
export interface TraceTable {
  readonly source: string;
  readonly text: string;
}

/** What a failure does, with the journeys that it touches. */
export interface ReportedFailure extends FailureOutcome {
  readonly journeys: readonly JourneyEffect[];
}

/** All failures of one cluster. */
export interface ClusterFailures {
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly nodes: number;
  readonly pods: number;
  /** Ids of pods that fit nowhere before anything fails. */
  readonly pendingBefore: readonly string[];
  /** Of the single failures of a kind, how many leave nothing pending. */
  readonly survived: readonly {
    readonly kind: "zone" | "pool" | "node";
    readonly of: number;
    readonly without: number;
  }[];
  /** Worst first. */
  readonly failures: readonly ReportedFailure[];
}

/** What `scantling simulate failure -o json` prints. */
export interface FailureReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "FailureReplay";
  readonly clusters: readonly ClusterFailures[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Replays failures of each cluster of an estate. Throws only when the signal aborts. */
export function simulateFailure(
  estate: Estate,
  catalog: Catalog,
  options: SimulateEstateFailureOptions,
): FailureReport {
  const journeys = new JourneyIndex(estate);
  const readings = estate.clusters
    .filter(({ name }) => options.cluster === undefined || name === options.cluster)
    .map((cluster) => {
      options.onProgress?.(`placing the pods of ${cluster.name}`);
      return readEstateCluster(estate, cluster, catalog, versionOf(cluster), options);
    });
  return report(readings, options, journeys, recoveryAssumptions());
}

/** Replays failures of a cluster given as tables of nodes and running pods. Throws only when the signal aborts. */
export function simulateTraceFailure(
  nodes: TraceTable,
  pods: TraceTable,
  options: SimulateFailureOptions = {},
): FailureReport {
  const readNodes = readTraceNodes(nodes.text, nodes.source);
  const readPods = readTracePods(pods.text, pods.source);
  options.onProgress?.(`placing ${readPods.rows.length} pods`);
  const reading = readTraceCluster("trace", readNodes.rows, readPods.rows, schedulerVersion(newestMinor), options);
  const unread = [...readNodes.diagnostics, ...readPods.diagnostics];
  return report([{ ...reading, diagnostics: [...unread, ...reading.diagnostics] }], options, undefined, []);
}

/** The version whose scheduler a cluster has, or the nearest that is known. */
export function versionOf({ kubernetesVersion }: Cluster) {
  return parseSchedulerVersion(kubernetesVersion)?.version ?? schedulerVersion(newestMinor);
}

interface Reading {
  readonly cluster: ReplayCluster;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

function report(
  readings: readonly Reading[],
  options: SimulateFailureOptions,
  journeys: JourneyIndex | undefined,
  assumptions: readonly Assumption[],
): FailureReport {
  const { targets } = options;
  const allNodes = readings.flatMap(({ cluster }) => cluster.nodes);
  const unknown = targets === undefined ? [] : unknownTargets(allNodes, targets);
  const empty = readings
    .filter(({ cluster }) => cluster.nodes.length === 0)
    .map(({ cluster }) => diagnose(nothingToFail, { cluster: `Cluster ${cluster.name}` }));
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "FailureReplay",
    clusters: unknown.length > 0 ? [] : readings.flatMap(({ cluster }) => failuresOf(cluster, options, journeys)),
    assumptions: [...assumptions, ...readings.flatMap((reading) => reading.assumptions)].toSorted(compareAssumptions),
    diagnostics: [...unknown, ...readings.flatMap(({ diagnostics }) => diagnostics), ...empty],
  };
}

function failuresOf(
  cluster: ReplayCluster,
  { targets, onProgress, signal }: SimulateFailureOptions,
  journeys: JourneyIndex | undefined,
): readonly ClusterFailures[] {
  const isNamed = targets !== undefined && Object.values(targets).some((names: readonly string[]) => names.length > 0);
  const named = isNamed ? failureOf(cluster.nodes, targets) : undefined;
  if (isNamed && named === undefined) return [];
  const scenarios = named === undefined ? singleFailures(cluster.nodes) : [named];
  const outcomes = replayFailures(cluster, scenarios, {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { scheduler } = cluster;
  return [
    {
      cluster: cluster.name,
      kubernetesVersion: scheduler.version.name,
      nodes: cluster.nodes.length,
      pods: scheduler.cluster.pods().length,
      pendingBefore: cluster.pending.map(({ id }) => id),
      survived: survivedOf(outcomes),
      failures: outcomes.map((outcome) => ({ ...outcome, journeys: journeys?.effectsOf(outcome) ?? [] })),
    },
  ];
}

function survivedOf(outcomes: readonly FailureOutcome[]): ClusterFailures["survived"] {
  return (["zone", "pool", "node"] as const).flatMap((kind) => {
    const ofKind = outcomes.filter((outcome) => outcome.kind === kind);
    const without = ofKind.filter(({ pending }) => pending === 0).length;
    return ofKind.length === 0 ? [] : [{ kind, of: ofKind.length, without }];
  });
}

/** What the times of recovery stand on. */
function recoveryAssumptions(): readonly Assumption[] {
  const { detection, unreachable, nodeRepair, podStart: start, nodeReady: ready, forcedDetach: detach } = replaySeconds;
  return [
    assume(nodeLossDetection, "Estate", { seconds: detection }),
    assume(unreachableToleration, "Estate", { seconds: unreachable }),
    assume(orderedPodsWait, "Estate", { seconds: nodeRepair }),
    assume(podStart, "Estate", { seconds: start }),
    assume(nodeReady, "Estate", { seconds: ready }),
    assume(forcedDetach, "Estate", { seconds: detach }),
  ];
}
