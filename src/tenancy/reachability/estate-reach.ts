import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { undeclaredEngine } from "../../estate/assumptions/reachability-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { indexObjects, type ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { ClusterReach } from "./cluster-reach.ts";
import { diagnosePolicies } from "./diagnose-policies.ts";
import { NamespaceReading } from "./namespace-reading.ts";
import { declaredEngine, type PolicyEngine } from "./policy-engine.ts";
import { type PolicySet, policyKinds, readPolicySet } from "./policy-set.ts";

/** Pods of all environments on a cluster share its network: the environment plays no part here. */
const anyEnvironment = "";

/** Reachability on one cluster, and what it stands on. */
export interface ClusterNetwork {
  readonly cluster: Cluster;
  readonly engine: PolicyEngine;
  readonly policies: PolicySet;
  readonly reach: ClusterReach;
  readonly diagnostics: readonly Diagnostic[];
  readonly assumptions: readonly Assumption[];
}

export interface EstateReachOptions {
  /** For every cluster, whatever it declares. */
  readonly engine?: PolicyEngine;
}

/** The parts of an estate that reachability reads. */
export type NetworkEstate = Pick<Estate, "clusters" | "workloads" | "objects" | "networks" | "complete">;

/** Evaluates the policies of each cluster that runs workloads, in the order of the estate. */
export function estateReach(estate: NetworkEstate, options: EstateReachOptions = {}): readonly ClusterNetwork[] {
  const index = indexPolicyObjects(estate);
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  return estate.clusters.flatMap((cluster): ClusterNetwork[] => {
    const workloads = byCluster.get(cluster.name);
    if (workloads === undefined) return [];
    const declared = declaredEngine(cluster);
    const engine = options.engine ?? declared ?? "api-standard";
    const policies = readPolicySet(index, cluster.name, engine);
    const namespaces = new NamespaceReading(index, cluster.name, anyEnvironment, estate.complete);
    const given = { cluster, networks: estate.networks, engine, index, namespaces, policies };
    const reach = new ClusterReach(workloads, given);
    const isAssumed = options.engine === undefined && declared === undefined;
    return [
      {
        cluster,
        engine,
        policies,
        reach,
        diagnostics: [...policies.diagnostics, ...diagnosePolicies(reach, cluster.name, policies.policies)],
        assumptions: isAssumed ? [assume(undeclaredEngine, `Cluster/${cluster.name}`, {}, cluster.place)] : [],
      },
    ];
  });
}

/** Namespaces and policies; of one that several environments of a cluster hold, the last counts. */
function indexPolicyObjects({ objects }: NetworkEstate): ObjectIndex {
  const kinds: ReadonlySet<string> = new Set(["Namespace", ...policyKinds.map((kind) => kind.split(".", 1).join(""))]);
  const relevant = objects.filter(({ object }) => kinds.has(object.kind));
  return indexObjects(relevant.map((placed) => ({ ...placed, environment: anyEnvironment }))).index;
}
