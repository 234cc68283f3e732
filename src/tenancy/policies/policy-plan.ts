import { type PortSet, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type EntryPeers, entryEdges } from "./entry-edges.ts";
import { estateEdges } from "./workload-edges.ts";
import { workloadKey } from "./workload-key.ts";

/** A connection that must remain, by the names that are the same on every cluster of the environment. */
interface PlannedEdge {
  readonly from: string;
  readonly to: string;
  readonly ports: PortSet;
}

/** What the policies of one environment must leave open. Workloads go by `namespace/Kind/name`. */
export interface PolicyPlan {
  readonly environment: string;
  /** Workloads that get policies; of the same one on several clusters the first. */
  readonly workloads: ReadonlyMap<string, Workload>;
  /** Every copy of them, on every cluster. */
  readonly copies: readonly Workload[];
  readonly edges: readonly PlannedEdge[];
  /** Ports to hosts outside, by workload. */
  readonly outside: ReadonlyMap<string, PortSet>;
  /** Ways in, by workload. */
  readonly entries: ReadonlyMap<string, readonly { readonly peers: EntryPeers; readonly ports: PortSet }[]>;
  /** What the policies cannot do, as sentences. */
  readonly notes: readonly string[];
}

const platformTenant = "platform";

/** Gathers what an environment's workloads need of each other, of the world and from their ways in. The platform's own are left alone. */
export function planPolicies(estate: Estate, environment: string): PolicyPlan {
  const all = estate.workloads.filter((workload) => workload.environment === environment);
  const copies = all.filter(({ tenant, opaque }) => tenant !== platformTenant && !opaque);
  const managed = new Set(copies.map(({ id }) => id));
  const { inside, outside } = estateEdges(estate);
  const edges = inside.filter(({ from, to }) => managed.has(from.id) && managed.has(to.id));
  const outward = Map.groupBy(
    outside.filter(({ from }) => managed.has(from.id)),
    ({ from }) => workloadKey(from),
  );
  const entries = entryEdges(estate, copies);
  return {
    environment,
    workloads: new Map(copies.toReversed().map((workload) => [workloadKey(workload), workload])),
    copies,
    edges: unite(edges.map(({ from, to, ports }) => ({ from: workloadKey(from), to: workloadKey(to), ports }))),
    outside: new Map([...outward].map(([key, list]) => [key, unitePorts(list.map(({ ports }) => ports))])),
    entries: entries.byWorkload,
    notes: [...entries.notes, ...notesOn(all, copies)],
  };
}

function unite(edges: readonly PlannedEdge[]): readonly PlannedEdge[] {
  const groups = Map.groupBy(edges, ({ from, to }) => `${from}\n${to}`);
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [first, ...rest]]) =>
      first === undefined ? [] : [{ ...first, ports: unitePorts([first, ...rest].map(({ ports }) => ports)) }],
    );
}

function notesOn(all: readonly Workload[], copies: readonly Workload[]): readonly string[] {
  const names = (list: readonly Workload[]) => [...new Set(list.map(workloadKey))].sort();
  const platform = all.filter(({ tenant }) => tenant === platformTenant).length;
  const unseen = names(all.filter(({ opaque, tenant }) => opaque && tenant !== platformTenant));
  const hosts = names(copies.filter(({ hostNetwork }) => hostNetwork));
  return [
    ...(platform > 0
      ? [`${platform} workloads of the platform get no policies: they need the nodes and the API server.`]
      : []),
    ...unseen.map((key) => `${key} gets no policy: the labels of its pods cannot be seen.`),
    ...hosts.map((key) => `${key} is on the host network, which no policy binds.`),
  ];
}
