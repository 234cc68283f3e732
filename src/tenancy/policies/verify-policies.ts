import { formatPorts, isEmptyPortSet, noPorts, type PortSet, subtractPorts } from "../../estate/kubernetes/port-set.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { ClusterReach } from "../reachability/cluster-reach.ts";
import { type EstateReachOptions, estateReach } from "../reachability/estate-reach.ts";
import { declaredEngine, type PolicyEngine } from "../reachability/policy-engine.ts";
import { isIndistinct, type PolicyObject } from "./policy-object.ts";
import type { PolicyPlan } from "./policy-plan.ts";
import { workloadKey } from "./workload-key.ts";

/** A difference between what the plan asks for and what the policies let through. */
interface PolicyDifference {
  readonly cluster: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly because: string;
}

/** Proof, by the engine that evaluates reachability, of what remains once the policies are applied. */
export interface PolicyProof {
  readonly engines: readonly { readonly cluster: string; readonly engine: PolicyEngine }[];
  /** Pairs of workloads that were compared, those that remain open, and those that are open today. */
  readonly pairs: number;
  readonly openPairs: number;
  readonly openToday: number;
  /** Asked for and not let through. */
  readonly missing: readonly PolicyDifference[];
  /** Let through, or not decided, and not asked for. */
  readonly beyond: readonly PolicyDifference[];
  /** Policies that stand in the same namespaces today: they would add to what is open, so they must go. */
  readonly superseded: readonly string[];
}

/** Applies the policies in place of those of their namespaces and compares every pair of workloads that has one. */
export function verifyPolicies(
  estate: Estate,
  plan: PolicyPlan,
  policies: ReadonlyMap<string, readonly PolicyObject[]>,
  options: EstateReachOptions = {},
): PolicyProof {
  const enforcing = enforcingEstate(estate, plan);
  const isReplaced = ({ object, namespace, environment }: PlacedObject) =>
    object.kind === "NetworkPolicy" && environment === plan.environment && policies.has(namespace ?? "");
  const replaced = enforcing.objects.filter(isReplaced);
  const places = new Set(plan.copies.map(({ cluster }) => cluster));
  const applied = [...places].flatMap((cluster) => placePolicies(policies, plan.environment, cluster));
  const objects = [...enforcing.objects.filter((placed) => !isReplaced(placed)), ...applied];
  const today = countOpen(estateReach(enforcing, options), plan);
  const networks = estateReach({ ...enforcing, objects }, options).filter(({ cluster }) => places.has(cluster.name));
  const proofs = networks.map(({ cluster, reach }) => comparePairs(cluster.name, reach, plan));
  return {
    engines: networks.map(({ cluster, engine }) => ({ cluster: cluster.name, engine })),
    pairs: proofs.reduce((sum, { pairs }) => sum + pairs, 0),
    openPairs: proofs.reduce((sum, { openPairs }) => sum + openPairs, 0),
    openToday: today,
    missing: proofs.flatMap(({ missing }) => missing),
    beyond: proofs.flatMap(({ beyond }) => beyond),
    superseded: [...new Set(replaced.map(({ namespace, object }) => `${namespace}/${object.name}`))].sort(),
  };
}

/** Where no engine would enforce them, the policies are read by the letter of the API. */
function enforcingEstate(estate: Estate, plan: PolicyPlan): Estate {
  const places = new Set(plan.copies.map(({ cluster }) => cluster));
  const clusters = estate.clusters.map((cluster) =>
    places.has(cluster.name) && declaredEngine(cluster) === "none"
      ? { ...cluster, network: { ...cluster.network, policyEngine: undefined } }
      : cluster,
  );
  return { ...estate, clusters };
}

function placePolicies(
  policies: ReadonlyMap<string, readonly PolicyObject[]>,
  environment: string,
  cluster: string,
): readonly PlacedObject[] {
  return [...policies].flatMap(([namespace, list]) =>
    list.map((policy): PlacedObject => {
      const { apiVersion, kind, metadata } = policy;
      const source = `${namespace}.yaml`;
      return {
        environment,
        cluster,
        namespace,
        application: undefined,
        tenant: "unassigned",
        object: {
          apiVersion,
          kind,
          name: metadata.name,
          namespace,
          value: { ...policy },
          locate: () => ({ precision: "file", source }),
        },
      };
    }),
  );
}

/** Workloads whose connections a policy can govern; those on the host network are bound by none. */
function governed(reach: ClusterReach, plan: PolicyPlan): readonly (readonly [position: number, key: string])[] {
  const ids = new Set(plan.copies.filter(({ hostNetwork }) => !hostNetwork).map(({ id }) => id));
  return [...reach.workloads.entries()].flatMap(([position, workload]) =>
    ids.has(workload.id) ? [[position, workloadKey(workload)] as const] : [],
  );
}

function countOpen(networks: ReturnType<typeof estateReach>, plan: PolicyPlan): number {
  let open = 0;
  for (const { reach } of networks) {
    const own = governed(reach, plan);
    for (const [from] of own) {
      for (const [to] of own) if (from !== to && !isEmptyPortSet(reach.between(from, to).possible)) open += 1;
    }
  }
  return open;
}

function comparePairs(cluster: string, reach: ClusterReach, plan: PolicyPlan) {
  const wanted = new Map(plan.edges.map(({ from, to, ports }) => [`${from}\n${to}`, ports]));
  const own = governed(reach, plan);
  const neighbours = [...plan.workloads.values()];
  const missing: PolicyDifference[] = [];
  const beyond: PolicyDifference[] = [];
  let [pairs, openPairs] = [0, 0];
  for (const [source, from] of own) {
    for (const [target, to] of own) {
      const ports = wanted.get(`${from}\n${to}`) ?? noPorts;
      // A workload towards itself is two of its replicas: only a StatefulSet asks for that.
      if (source !== target) pairs += 1;
      const { certain, possible } = reach.between(source, target);
      if (source !== target && !isEmptyPortSet(possible)) openPairs += 1;
      const difference = (open: PortSet, because: string): PolicyDifference[] =>
        isEmptyPortSet(open) ? [] : [{ cluster, from, to, ports: formatPorts(open), because }];
      missing.push(...difference(subtractPorts(ports, certain), "the policies do not let it through"));
      const doubled = [from, to].find((key) => {
        const workload = plan.workloads.get(key);
        return workload !== undefined && isIndistinct(workload, neighbours);
      });
      const because =
        doubled === undefined ? "policies let it through" : `no label tells the pods of ${doubled} from others`;
      beyond.push(...difference(subtractPorts(possible, ports), because));
    }
  }
  return { pairs, openPairs, missing, beyond };
}
