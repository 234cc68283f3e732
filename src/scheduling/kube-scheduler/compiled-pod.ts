import { preferredWeight } from "../node-affinity.ts";
import { avoidedTaints } from "../tolerations.ts";
import { nodeVerdicts } from "./filters/node-filter.ts";
import { PodAffinityFilter } from "./filters/pod-affinity-filter.ts";
import { ResourceJudge } from "./filters/resource-judge.ts";
import { SpreadFilter } from "./filters/spread-filter.ts";
import type { PodTemplate } from "./model/pod-template.ts";
import type { SchedulerProfile } from "./scheduler-profile.ts";
import type { SchedulerVersion } from "./scheduler-version.ts";
import { ImageScore } from "./scores/image-score.ts";
import { PodAffinityScore } from "./scores/pod-affinity-score.ts";
import { AllocationScore, asksNoneOf, BalanceScore } from "./scores/resource-scores.ts";
import { SpreadScore } from "./scores/spread-score.ts";
import { spreadInForce } from "./spread-defaults.ts";
import type { ClusterState } from "./state/cluster-state.ts";
import type { NodeColumn } from "./state/node-table.ts";
import { ResourceCache } from "./state/resource-cache.ts";

/** A pod template bound to the counts and columns of one cluster state that its filters and scores read. */
export interface CompiledPod {
  readonly template: PodTemplate;
  readonly nodeVerdicts: NodeColumn;
  readonly resources: ResourceCache;
  readonly spreadFilter: SpreadFilter;
  readonly affinityFilter: PodAffinityFilter;
  readonly spreadScore: SpreadScore;
  readonly affinityScore: PodAffinityScore;
  readonly imageScore: ImageScore;
  /** `PreferNoSchedule` taints not tolerated, by slot. */
  readonly avoidedTaints: NodeColumn;
  /** Weight of the preferred node affinity terms that match; undefined where the pod prefers none. */
  readonly preferredWeights: NodeColumn | undefined;
  readonly scoresBalance: boolean;
}

/** Most templates, and most distinct requests, that are kept compiled; the oldest makes room. */
const mostKept = 4096;

/** Compiles pod templates against one cluster state, each once. */
export class PodCompiler {
  private readonly state: ClusterState;
  private readonly version: SchedulerVersion;
  private readonly profile: SchedulerProfile;
  private readonly compiled = new Map<PodTemplate, CompiledPod>();
  private readonly resourceCaches = new Map<string, ResourceCache>();

  constructor(state: ClusterState, version: SchedulerVersion, profile: SchedulerProfile) {
    this.state = state;
    this.version = version;
    this.profile = profile;
  }

  compile(template: PodTemplate): CompiledPod {
    const known = this.compiled.get(template);
    if (known !== undefined) return known;
    const compiled = this.compileAnew(template);
    keepRecent(this.compiled, template, compiled);
    return compiled;
  }

  private compileAnew(template: PodTemplate): CompiledPod {
    const { state, version, profile } = this;
    const { nodes, context } = state;
    const { constraints, requiresAllKeys } = spreadInForce(template, context, profile);
    const { tolerations, nodeAffinity } = template;
    return {
      template,
      nodeVerdicts: nodeVerdicts(template, nodes),
      resources: this.resourceCache(template),
      spreadFilter: new SpreadFilter(constraints, template, state, version),
      affinityFilter: new PodAffinityFilter(template, state),
      spreadScore: new SpreadScore(constraints, requiresAllKeys, template, state, version),
      affinityScore: new PodAffinityScore(template, state),
      imageScore: new ImageScore(template, nodes),
      avoidedTaints: nodes.column(`avoided ${JSON.stringify(tolerations)}`, ({ taints }) =>
        avoidedTaints(taints, tolerations),
      ),
      preferredWeights:
        nodeAffinity.preferred.length === 0
          ? undefined
          : nodes.column(`preferred ${JSON.stringify(nodeAffinity.preferred)}`, ({ labels, name }) =>
              preferredWeight(nodeAffinity, labels, name),
            ),
      scoresBalance: !(version.skipsBalanceOfBestEffort && asksNoneOf(template.requests, profile)),
    };
  }

  private resourceCache({ requests, hostPorts }: PodTemplate): ResourceCache {
    const key = JSON.stringify([requests, hostPorts]);
    const known = this.resourceCaches.get(key);
    if (known !== undefined) return known;
    const { resources } = this.state.nodes;
    const { scoringStrategy, balancedResources } = this.profile;
    const cache = new ResourceCache(
      this.state.nodes,
      new ResourceJudge(requests, hostPorts, resources, this.version),
      new AllocationScore(requests, scoringStrategy, resources),
      new BalanceScore(requests, balancedResources, resources),
    );
    keepRecent(this.resourceCaches, key, cache);
    return cache;
  }
}

function keepRecent<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value): void {
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}
