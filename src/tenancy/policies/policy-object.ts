import type { PortSet } from "../../estate/kubernetes/port-set.ts";
import { isAllPorts } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";

/** A NetworkPolicy as it is written: plain data, fields in the order in which people write them. */
export interface PolicyObject {
  readonly apiVersion: "networking.k8s.io/v1";
  readonly kind: "NetworkPolicy";
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector: PodSelector;
    readonly policyTypes: readonly ("Ingress" | "Egress")[];
    readonly ingress?: readonly {
      readonly from: readonly PolicyObjectPeer[];
      readonly ports?: readonly PortObject[];
    }[];
    readonly egress?: readonly { readonly to: readonly PolicyObjectPeer[]; readonly ports?: readonly PortObject[] }[];
  };
}

export interface PodSelector {
  readonly matchLabels?: { readonly [key: string]: string };
}

export type PolicyObjectPeer =
  | { readonly podSelector: PodSelector }
  | { readonly namespaceSelector: PodSelector; readonly podSelector?: PodSelector }
  | { readonly ipBlock: { readonly cidr: string; readonly except?: readonly string[] } };

export interface PortObject {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}

/** Undefined: every port. */
export function portObjects(ports: PortSet): readonly PortObject[] | undefined {
  if (isAllPorts(ports)) return undefined;
  return [...ports]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([protocol, intervals]) =>
      intervals.map(([first, last]) => ({ protocol, port: first, ...(last > first ? { endPort: last } : {}) })),
    );
}

/** Labels that find the pods of a workload: those that its own selector asks for, or all where others carry these too. */
export function selectorOf(workload: Workload, neighbours: readonly Workload[]): PodSelector {
  const asked = selectorLabels(workload);
  const isUnique = (labels: { readonly [key: string]: string }) =>
    Object.keys(labels).length > 0 && !neighbours.some((other) => isOther(other, workload) && carries(other, labels));
  return { matchLabels: sortLabels(isUnique(asked) ? asked : workload.podLabels) };
}

/** Workloads of a namespace whose pods carry all labels of another one's: no selector tells them apart. */
export function isIndistinct(workload: Workload, neighbours: readonly Workload[]): boolean {
  const { matchLabels = {} } = selectorOf(workload, neighbours);
  return neighbours.some((other) => isOther(other, workload) && carries(other, matchLabels));
}

function isOther(one: Workload, other: Workload): boolean {
  return one.namespace === other.namespace && (one.kind !== other.kind || one.name !== other.name);
}

function selectorLabels({ object, podLabels }: Workload): { readonly [key: string]: string } {
  const spec = object.value.spec;
  const selector = typeof spec === "object" && spec !== null && "selector" in spec ? spec.selector : undefined;
  if (typeof selector !== "object" || selector === null || !("matchLabels" in selector)) return podLabels;
  const labels = selector.matchLabels;
  if (typeof labels !== "object" || labels === null) return podLabels;
  const entries = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && podLabels[entry[0]] === entry[1],
  );
  return entries.length === 0 ? podLabels : Object.fromEntries(entries);
}

function carries({ podLabels }: Workload, labels: { readonly [key: string]: string }): boolean {
  return Object.entries(labels).every(([key, value]) => podLabels[key] === value);
}

function sortLabels(labels: { readonly [key: string]: string }): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
}
