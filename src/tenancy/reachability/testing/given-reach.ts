import { formatPorts, isEmptyPortSet, type PortSet } from "../../../estate/kubernetes/port-set.ts";
import { readClusterState } from "../../../estate/kubernetes/read-cluster-state.ts";
import { placeYaml } from "../../../estate/kubernetes/testing/place-yaml.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { givenCluster } from "../../../scheduling/testing/given-estate.ts";
import { type ClusterNetwork, estateReach } from "../estate-reach.ts";
import type { PolicyEngine } from "../policy-engine.ts";
import { type PortBounds, undecidedPorts } from "../port-bounds.ts";

export interface GivenReach {
  readonly engine?: PolicyEngine;
  readonly complete?: boolean;
  readonly networks?: Estate["networks"];
}

/** The network of one cluster that a YAML text describes; objects without a namespace are in `shop`. */
export function givenReach(text: string, given: GivenReach = {}): ClusterNetwork {
  const objects = placeYaml(text, { environment: "prod", cluster: "weu" });
  const { workloads } = readClusterState(objects);
  const plain = givenCluster();
  const policyEngine = given.engine === "api-standard" ? undefined : (given.engine ?? "azure");
  const cluster = { ...plain, name: "weu", network: { ...plain.network, policyEngine } };
  const { networks = [], complete = true } = given;
  const [network] = estateReach({ clusters: [cluster], workloads, objects, networks, complete });
  if (network === undefined) throw new Error("the text has no workload");
  return network;
}

/** Connections as `a -> b: TCP 80`, by the names of the workloads; what is not decided after a question mark. */
export function connectionsOf({ reach }: ClusterNetwork): readonly string[] {
  const found: string[] = [];
  for (const [from, source] of reach.workloads.entries()) {
    for (const [to, target] of reach.workloads.entries()) {
      if (from !== to) found.push(...textOf(`${source.name} -> ${target.name}`, reach.between(from, to)));
    }
    const own = reach.classOf[from] ?? 0;
    for (const { interval, bounds } of reach.addresses(own, "ingress"))
      found.push(...textOf(`${placeOf(interval)} -> ${source.name}`, bounds));
    for (const { interval, bounds } of reach.addresses(own, "egress"))
      found.push(...textOf(`${source.name} -> ${placeOf(interval)}`, bounds));
  }
  return found.sort();
}

function textOf(ends: string, bounds: PortBounds): readonly string[] {
  const undecided = undecidedPorts(bounds);
  const text = (ports: PortSet, mark: string) =>
    isEmptyPortSet(ports) ? [] : [`${ends}: ${formatPorts(ports)}${mark}`];
  return [...text(bounds.certain, ""), ...text(undecided, " ?")];
}

function placeOf({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === 0 && last === 2 ** 32 - 1 ? "outside" : `outside/${first / 2 ** 24}`;
}
