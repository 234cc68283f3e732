import type { CompiledPod } from "./compiled-pod.ts";
import { noNode, passes, type ScorePlugin, scorePlugins, type Verdict, verdictOf } from "./plugins.ts";
import type { SchedulerProfile } from "./scheduler-profile.ts";
import type { SchedulerVersion } from "./scheduler-version.ts";
import {
  constantScore,
  type FeasibleNodes,
  normalizeByMaximum,
  type ScoreBuffers,
  type ScoreColumn,
  scoreBuffers,
} from "./scores/score-column.ts";
import type { ClusterState } from "./state/cluster-state.ts";
import { VolumeFilter } from "./volumes/volume-filter.ts";

const gated = verdictOf("SchedulingGates");
const badSpread = verdictOf("PodTopologySpread");
const badAffinity = verdictOf("InterPodAffinity");

/** All nodes' verdicts and the feasible nodes' scores for one pod. Valid until the next evaluation or change of state. */
export interface Evaluation {
  readonly compiled: CompiledPod;
  /** By slot. */
  readonly verdicts: Uint8Array;
  readonly feasible: FeasibleNodes;
  readonly volumes: VolumeFilter | undefined;
  /** Normalised scores before weights. */
  readonly scores: { readonly [Plugin in ScorePlugin]: ScoreColumn };
  /** Weighted sums by slot, of feasible nodes. */
  readonly totals: Int32Array;
}

/** Which slots to look at, in order; stops when enough are feasible. Undefined: all. */
export interface NodeSample {
  readonly slots: readonly number[];
  readonly enough: number;
  /** Set to how many slots were looked at. */
  examined: number;
}

/** Runs filters and scores of one pod over the nodes of a cluster state. */
export class Evaluator {
  private readonly state: ClusterState;
  private readonly version: SchedulerVersion;
  private readonly profile: SchedulerProfile;
  private verdicts = new Uint8Array(0);
  private readonly feasible: FeasibleNodes = { slots: new Int32Array(0), count: 0 };
  private buffers: ScoreBuffers = scoreBuffers(0);

  constructor(state: ClusterState, version: SchedulerVersion, profile: SchedulerProfile) {
    this.state = state;
    this.version = version;
    this.profile = profile;
  }

  evaluate(compiled: CompiledPod, sample?: NodeSample): Evaluation {
    this.fitToNodes();
    const volumes = this.filter(compiled, sample);
    const scores = this.score(compiled);
    this.addUp(scores);
    return {
      compiled,
      verdicts: this.verdicts,
      feasible: this.feasible,
      volumes,
      scores,
      totals: this.buffers.total,
    };
  }

  /** The verdict on one node as things stand, without the caches of the others. */
  judgeSlot(compiled: CompiledPod, slot: number): Verdict {
    compiled.spreadFilter.prepare();
    const checksAffinity = compiled.affinityFilter.prepare();
    return this.judge(compiled, slot, compiled.resources.judgeSlot(slot), this.volumeFilter(compiled), checksAffinity);
  }

  private filter(compiled: CompiledPod, sample: NodeSample | undefined): VolumeFilter | undefined {
    const { verdicts, feasible } = this;
    const volumes = this.volumeFilter(compiled);
    compiled.resources.catchUp();
    compiled.spreadFilter.prepare();
    const checksAffinity = compiled.affinityFilter.prepare();
    const resourceVerdicts = compiled.resources.verdicts;
    const { slots } = this.state.nodes;
    feasible.count = 0;
    const length = sample?.slots.length ?? slots;
    if (sample !== undefined) verdicts.fill(noNode);
    for (let index = 0; index < length; index += 1) {
      const slot = sample === undefined ? index : (sample.slots[index] ?? 0);
      const verdict = this.judge(compiled, slot, resourceVerdicts[slot] ?? passes, volumes, checksAffinity);
      verdicts[slot] = verdict;
      if (verdict !== passes) continue;
      feasible.slots[feasible.count] = slot;
      feasible.count += 1;
      if (sample === undefined) continue;
      sample.examined = index + 1;
      if (feasible.count >= sample.enough) break;
    }
    if (sample !== undefined && feasible.count < sample.enough) sample.examined = length;
    return volumes;
  }

  private judge(
    compiled: CompiledPod,
    slot: number,
    resourceVerdict: Verdict,
    volumes: VolumeFilter | undefined,
    checksAffinity: boolean,
  ): Verdict {
    if (this.state.nodes.occupied[slot] !== 1) return noNode;
    if (compiled.template.isGated) return gated;
    if (volumes?.rejectsPod === true) return volumes.judge(slot).verdict;
    const nodeVerdict = compiled.nodeVerdicts.values[slot] ?? passes;
    if (nodeVerdict !== passes) return nodeVerdict;
    if (resourceVerdict !== passes) return resourceVerdict;
    const volumeVerdict = volumes === undefined ? passes : volumes.judge(slot).verdict;
    if (volumeVerdict !== passes) return volumeVerdict;
    if (!compiled.spreadFilter.isEmpty && !compiled.spreadFilter.passes(slot)) return badSpread;
    return checksAffinity && !compiled.affinityFilter.passes(slot) ? badAffinity : passes;
  }

  private volumeFilter({ template }: CompiledPod): VolumeFilter | undefined {
    if (template.claims.length === 0) return undefined;
    return new VolumeFilter(template, this.state.nodes, this.state.volumes, this.version);
  }

  private score(compiled: CompiledPod): Evaluation["scores"] {
    const { feasible, buffers } = this;
    const { preferredWeights, avoidedTaints, resources } = compiled;
    return {
      ImageLocality: compiled.imageScore.score(),
      InterPodAffinity: compiled.affinityScore.score(feasible, buffers),
      NodeAffinity:
        preferredWeights === undefined
          ? constantScore(0)
          : normalizeByMaximum(preferredWeights.values, feasible, buffers.nodeAffinity, false),
      NodeResourcesBalancedAllocation: compiled.scoresBalance
        ? { kind: "bySlot", scores: resources.balance }
        : constantScore(0),
      NodeResourcesFit: { kind: "bySlot", scores: resources.allocation },
      PodTopologySpread: compiled.spreadScore.score(feasible, buffers),
      TaintToleration: normalizeByMaximum(avoidedTaints.values, feasible, buffers.taints, true),
      VolumeBinding: constantScore(0),
    };
  }

  private addUp(scores: Evaluation["scores"]): void {
    const { feasible } = this;
    const { total } = this.buffers;
    let alike = 0;
    const varying: { readonly scores: Int32Array | Uint8Array; readonly weight: number }[] = [];
    for (const plugin of scorePlugins) {
      const column = scores[plugin];
      const weight = this.profile.weights[plugin];
      if (column.kind === "constant") alike += column.score * weight;
      else varying.push({ scores: column.scores, weight });
    }
    for (let index = 0; index < feasible.count; index += 1) total[feasible.slots[index] ?? 0] = alike;
    for (const { scores: column, weight } of varying) {
      for (let index = 0; index < feasible.count; index += 1) {
        const slot = feasible.slots[index] ?? 0;
        total[slot] = (total[slot] ?? 0) + weight * (column[slot] ?? 0);
      }
    }
  }

  private fitToNodes(): void {
    const { capacity } = this.state.nodes;
    if (this.verdicts.length >= capacity) return;
    this.verdicts = new Uint8Array(capacity);
    this.feasible.slots = new Int32Array(capacity);
    this.buffers = scoreBuffers(capacity);
  }
}
