import { type CompiledPod, PodCompiler } from "./compiled-pod.ts";
import { type Evaluation, Evaluator } from "./evaluation.ts";
import { nodeFailure } from "./filters/failure-reasons.ts";
import { type ClusterPod, PodReader } from "./model/cluster-pod.ts";
import { NodeSampler } from "./node-sampling.ts";
import { passes, type ScorePlugin, scorePlugins } from "./plugins.ts";
import type { PodStep, StepNode } from "./pod-step.ts";
import { type Preemption, planPreemption } from "./preemption/plan-preemption.ts";
import { defaultProfile, type SchedulerProfile } from "./scheduler-profile.ts";
import { newestMinor, type SchedulerVersion, schedulerVersion } from "./scheduler-version.ts";
import { ClusterState, type ClusterStateOptions } from "./state/cluster-state.ts";
import { seededDraws, type TieBreak } from "./tie-breaker.ts";

/** How a scheduler behaves, and the objects of its cluster besides nodes and pods. */
export interface SchedulerOptions extends Pick<ClusterStateOptions, "context" | "volumes"> {
  /** Behaviour of this version; the newest that is known by default. */
  readonly version?: SchedulerVersion;
  readonly profile?: SchedulerProfile;
  /** Undefined: every node is looked at. 0 to 100 samples as kube-scheduler does, 0 by the cluster's size. */
  readonly percentageOfNodesToScore?: number;
  /** `first` by default. */
  readonly tieBreak?: TieBreak;
}

/** What became of a pod. */
export type Decision =
  | {
      readonly kind: "scheduled";
      readonly node: string;
      /** Weighted sum of all scores on that node. */
      readonly score: number;
      /** Nodes with that score; the real scheduler picks one of them at random. */
      readonly ties: number;
      readonly feasible: number;
    }
  | { readonly kind: "unschedulable" };

const unschedulable: Decision = { kind: "unschedulable" };

/**
 * kube-scheduler's default profile as a pure function over a cluster held in memory: the same verdicts and the same
 * integer scores as the real one of that version. `cluster` is changed by adding and removing nodes and pods; all caches
 * follow. Pods and nodes are read by `readPod` and `readNode`.
 */
export class KubeScheduler {
  readonly cluster: ClusterState;
  readonly version: SchedulerVersion;
  readonly pods: PodReader;
  private readonly profile: SchedulerProfile;
  private readonly compiler: PodCompiler;
  private readonly evaluator: Evaluator;
  private readonly sampler: NodeSampler | undefined;
  private readonly draw: (() => number) | undefined;

  constructor(options: SchedulerOptions = {}) {
    const { version = schedulerVersion(newestMinor), profile = defaultProfile, tieBreak } = options;
    this.version = version;
    this.profile = profile;
    this.pods = new PodReader(version);
    this.cluster = new ClusterState({ ...options, hardPodAffinityWeight: profile.hardPodAffinityWeight });
    this.compiler = new PodCompiler(this.cluster, version, profile);
    this.evaluator = new Evaluator(this.cluster, version, profile);
    const percentage = options.percentageOfNodesToScore;
    this.sampler = percentage === undefined ? undefined : new NodeSampler(this.cluster.nodes, percentage);
    this.draw = tieBreak?.kind === "seeded" ? seededDraws(tieBreak.seed) : undefined;
  }

  /** Finds a node for a pod and places it there. */
  schedule(pod: ClusterPod): Decision {
    const decision = this.choose(pod);
    if (decision.kind === "scheduled") this.cluster.addPod(pod, decision.node);
    return decision;
  }

  /** Finds a node for a pod without placing it. */
  choose(pod: ClusterPod): Decision {
    return this.chooseAmong(this.evaluate(pod));
  }

  /** True when the node could take the pod as things stand; false too when there is no such node. */
  fits(pod: ClusterPod, nodeName: string): boolean {
    const slot = this.cluster.nodes.slotOf(nodeName);
    return slot !== undefined && this.evaluator.judgeSlot(this.compile(pod), slot) === passes;
  }

  /** Every node's verdict or scores for a pod, and the choice, as plain data. Places nothing. */
  describe(pod: ClusterPod): PodStep {
    const evaluation = this.evaluate(pod);
    const decision = this.chooseAmong(evaluation);
    const { nodes } = this.cluster;
    const described: [string, StepNode][] = nodes
      .slotsInOrder()
      .map((slot) => [nodes.nameAt(slot), this.describeNode(evaluation, slot)]);
    return {
      pod: pod.name,
      nodes: Object.fromEntries(described),
      best: this.bestSlots(evaluation).map((slot) => nodes.nameAt(slot)),
      chosen: decision.kind === "scheduled" ? decision.node : "",
    };
  }

  /** Which pods would have to go so that the pod fits, and from where; undefined where that cannot help. */
  preempt(pod: ClusterPod): Preemption | undefined {
    return planPreemption(pod, this.compile(pod), this.cluster, this.evaluator, this.version);
  }

  /** The pod's template bound to this cluster; for parts of the engine that judge nodes themselves. */
  compile(pod: ClusterPod): CompiledPod {
    return this.compiler.compile(pod.template);
  }

  /** Verdicts and scores in typed arrays, valid until the next call or change. */
  evaluate(pod: ClusterPod): Evaluation {
    const sample = this.sampler?.next();
    const evaluation = this.evaluator.evaluate(this.compile(pod), sample);
    if (sample !== undefined) this.sampler?.advance(sample);
    return evaluation;
  }

  private chooseAmong({ feasible, totals }: Evaluation): Decision {
    if (feasible.count === 0) return unschedulable;
    const { nodes } = this.cluster;
    let best = -1;
    let ties = 0;
    let chosen = -1;
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      const total = totals[slot] ?? 0;
      if (total < best) continue;
      ties = total > best ? 1 : ties + 1;
      const isFirst = total > best || nodes.orderOf(slot) < nodes.orderOf(chosen);
      if (this.draw === undefined ? isFirst : this.draw() * ties < 1) chosen = slot;
      best = total;
    }
    return { kind: "scheduled", node: nodes.nameAt(chosen), score: best, ties, feasible: feasible.count };
  }

  private bestSlots({ feasible, totals }: Evaluation): readonly number[] {
    const { nodes } = this.cluster;
    const slots = [...feasible.slots.subarray(0, feasible.count)];
    const best = slots.reduce((most, slot) => Math.max(most, totals[slot] ?? 0), 0);
    return slots
      .filter((slot) => totals[slot] === best)
      .sort((left, right) => nodes.orderOf(left) - nodes.orderOf(right));
  }

  private describeNode(evaluation: Evaluation, slot: number): StepNode {
    const verdict = evaluation.verdicts[slot] ?? passes;
    const failure = nodeFailure(evaluation.compiled, slot, verdict, this.cluster, this.version);
    if (failure !== undefined) return { fail: failure.plugin, reason: failure.reasons };
    if (verdict !== passes) return { fail: "not examined", reason: [] };
    const scores = Object.fromEntries(
      scorePlugins.map((plugin) => [plugin, this.weightedScore(evaluation, plugin, slot)]),
    );
    return { scores, total: evaluation.totals[slot] ?? 0 };
  }

  private weightedScore({ scores }: Evaluation, plugin: ScorePlugin, slot: number): number {
    const column = scores[plugin];
    return (column.kind === "constant" ? column.score : (column.scores[slot] ?? 0)) * this.profile.weights[plugin];
  }
}

/** A scheduler of an empty cluster. */
export function createScheduler(options: SchedulerOptions = {}): KubeScheduler {
  return new KubeScheduler(options);
}
