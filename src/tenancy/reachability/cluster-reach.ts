import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import { allPorts } from "../../estate/kubernetes/port-set.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type AddressInterval, cutAddresses } from "./address-range.ts";
import { BitSet } from "./bit-set.ts";
import { evaluateRules, isUnreadable } from "./evaluate-rules.ts";
import type { NamespaceReading } from "./namespace-reading.ts";
import { type BindingPolicy, classifyPods, type PodClass, type PodClasses } from "./pod-classes.ts";
import { type NetworkSubject, PodSelection } from "./pod-selection.ts";
import type { PolicyEngine } from "./policy-engine.ts";
import type { PolicySet } from "./policy-set.ts";
import { bothOpen, boundsKey, everyPortOpen, isClosed, type PortBounds } from "./port-bounds.ts";
import type { Direction } from "./reach-policy.ts";
import { type Outsider, RulePeers, rangesOf } from "./rule-peers.ts";
import { hasNamedPort, portsOfRule } from "./rule-ports.ts";

/** What reachability on one cluster follows from. */
export interface ClusterPolicies {
  readonly cluster: Cluster;
  readonly networks: Estate["networks"];
  readonly engine: PolicyEngine;
  readonly index: ObjectIndex;
  readonly namespaces: NamespaceReading;
  readonly policies: PolicySet;
}

/** Classes for which the policies of a subject say the same. */
interface PeerGroup {
  readonly peers: BitSet;
  readonly bounds: PortBounds;
}

/** One direction of a class: its peers in groups that together hold every class once. */
interface DirectionReach {
  readonly groups: readonly PeerGroup[];
  /** Peers with a port that is or may be open. */
  readonly reached: BitSet;
}

/**
 * Who reaches whom on one cluster. Workloads that no policy can tell apart are one class, and the peers of a class fall into
 * few groups that its rules treat alike, so that the cost is that of rules and groups, not of pairs.
 */
export class ClusterReach {
  readonly workloads: readonly NetworkSubject[];
  readonly classes: readonly PodClass[];
  readonly classOf: readonly number[];
  readonly engine: PolicyEngine;
  readonly cluster: Cluster;
  readonly pods: PodClasses;
  readonly peers: RulePeers;
  readonly selection: PodSelection;
  readonly #profiles = new Map<string, DirectionReach>();
  readonly #ofClass: { readonly [direction in Direction]: (DirectionReach | undefined)[] } = {
    ingress: [],
    egress: [],
  };
  readonly #parts = new Map<boolean, readonly BitSet[]>();
  #admitting: readonly BitSet[] | undefined;
  readonly #known = new Map<string, PortBounds>();
  readonly #common = new Map<PortBounds, Map<PortBounds, PortBounds>>();

  constructor(workloads: readonly NetworkSubject[], given: ClusterPolicies) {
    this.workloads = workloads;
    this.engine = given.engine;
    this.cluster = given.cluster;
    this.selection = new PodSelection(workloads, given.namespaces);
    this.pods = classifyPods(workloads, given.policies.policies, this.selection);
    this.classes = this.pods.classes;
    this.classOf = this.pods.classOf;
    this.peers = new RulePeers(this.pods, given.engine, given);
  }

  /** Ports of `to` that `from` may use, by the positions of the workloads; a workload and itself are two of its replicas. */
  between(from: number, to: number): PortBounds {
    return this.betweenClasses(this.classOf[from] ?? 0, this.classOf[to] ?? 0);
  }

  betweenClasses(from: number, to: number): PortBounds {
    const outward = this.towards(from, "egress", to);
    return isClosed(outward) ? outward : this.#intersect(outward, this.towards(to, "ingress", from));
  }

  /** What the policies of a class open in one direction towards another class. */
  towards(subject: number, direction: Direction, peer: number): PortBounds {
    const { groups } = this.direction(subject, direction);
    const group = groups.find(({ peers }) => peers.has(peer));
    return group?.bounds ?? everyPortOpen;
  }

  /** Classes that a class reaches, or may reach, with the ports. */
  *reachedFrom(from: number): Generator<readonly [to: number, bounds: PortBounds]> {
    const admitting = this.#admittingClasses()[from];
    if (admitting === undefined) return;
    for (const { peers, bounds } of this.direction(from, "egress").groups) {
      if (isClosed(bounds)) continue;
      for (const to of peers.intersect(admitting)) {
        const common = this.#intersect(bounds, this.towards(to, "ingress", from));
        if (!isClosed(common)) yield [to, common];
      }
    }
  }

  direction(subject: number, direction: Direction): DirectionReach {
    const known = this.#ofClass[direction][subject];
    if (known !== undefined) return known;
    const own = this.#class(subject);
    const bindings = this.bindings(own, direction);
    const key = this.#profileKey(own, bindings, direction);
    const found = entryOf(this.#profiles, key, () => this.#evaluate(own, bindings, direction));
    this.#ofClass[direction][subject] = found;
    return found;
  }

  /** For each class the classes whose ingress lets it in: what most callers cannot reach is never looked at. */
  #admittingClasses(): readonly BitSet[] {
    if (this.#admitting !== undefined) return this.#admitting;
    const admitting = this.classes.map(() => new BitSet(this.classes.length));
    for (const { index } of this.classes) {
      for (const from of this.direction(index, "ingress").reached) admitting[from]?.add(index);
    }
    this.#admitting = admitting;
    return admitting;
  }

  /** Ports open between the pods of a class and an end that is no pod of the estate. */
  outsider(subject: number, direction: Direction, outsider: Outsider): PortBounds {
    const own = this.#class(subject);
    const named = direction === "ingress" ? own.namedPorts : undefined;
    const bounds = evaluateRules(this.bindings(own, direction), direction, {
      match: (rule, { policy }) => this.peers.matchesOutsider(policy, rule, outsider),
      ports: (rule) => portsOfRule(rule, named),
    });
    return this.#asSubject(own, bounds);
  }

  /** All addresses outside the cluster, cut where the rules that bind the class change. */
  addresses(
    subject: number,
    direction: Direction,
  ): readonly { readonly interval: AddressInterval; readonly bounds: PortBounds }[] {
    const ranges = this.bindings(this.#class(subject), direction).flatMap(({ policy }) =>
      (policy[direction]?.rules ?? []).flatMap(rangesOf),
    );
    return cutAddresses(ranges).map((interval) => ({
      interval,
      bounds: this.outsider(subject, direction, { kind: "addresses", interval }),
    }));
  }

  /** Policies that hold for the class in one direction; engines of AKS bind no pod on the host network. */
  bindings(own: PodClass, direction: Direction): readonly BindingPolicy[] {
    if (own.hostNetwork && this.engine !== "api-standard") return [];
    return own.bindings.filter(({ policy }) => policy[direction] !== undefined || isUnreadable(policy, direction));
  }

  #class(index: number): PodClass {
    const found = this.classes[index];
    if (found === undefined) throw new RangeError(`no class ${index}`);
    return found;
  }

  #profileKey(own: PodClass, bindings: readonly BindingPolicy[], direction: Direction): string {
    const names = direction === "ingress" ? own.namedPortsKey : "";
    const policies = bindings.map(({ position, certain }) => `${certain ? "" : "?"}${position}`);
    return `${direction} ${own.hostNetwork} ${names} ${policies.join(",")}`;
  }

  #evaluate(own: PodClass, bindings: readonly BindingPolicy[], direction: Direction): DirectionReach {
    const rules = bindings.flatMap(({ policy }) => (policy[direction]?.rules ?? []).map((rule) => ({ policy, rule })));
    let parts: readonly BitSet[] = this.#startingParts(
      direction === "egress" && rules.some(({ rule }) => hasNamedPort(rule)),
    );
    for (const { policy, rule } of rules) {
      const matched = this.peers.classes(policy, rule);
      if (matched !== undefined) parts = parts.flatMap((part) => split(part, matched.yes, matched.maybe));
    }
    const merged = new Map<PortBounds, BitSet>();
    for (const part of parts) {
      const bounds = this.#intern(this.#boundsOf(own, bindings, direction, part));
      merged.set(bounds, merged.get(bounds)?.union(part) ?? part);
    }
    const groups = [...merged].map(([bounds, peers]) => ({ bounds, peers }));
    const none = new BitSet(this.classes.length);
    const open = groups.filter(({ bounds }) => !isClosed(bounds));
    return { groups, reached: open.reduce((set, { peers }) => set.union(peers), none) };
  }

  /** All classes; apart by their named ports where rules for destinations name ports. */
  #startingParts(byNamedPorts: boolean): readonly BitSet[] {
    return entryOf(this.#parts, byNamedPorts, () => this.#partition(byNamedPorts));
  }

  #partition(byNamedPorts: boolean): readonly BitSet[] {
    const groups = Map.groupBy(this.classes, ({ namedPortsKey }) => (byNamedPorts ? namedPortsKey : ""));
    return [...groups.values()].map((group) =>
      BitSet.of(
        this.classes.length,
        group.map(({ index }) => index),
      ),
    );
  }

  #boundsOf(own: PodClass, bindings: readonly BindingPolicy[], direction: Direction, part: BitSet): PortBounds {
    const [member = 0] = part;
    const named = direction === "ingress" ? own.namedPorts : this.#class(member).namedPorts;
    const bounds = evaluateRules(bindings, direction, {
      match: (rule, { policy }) => {
        const matched = this.peers.classes(policy, rule);
        if (matched === undefined || matched.yes.has(member)) return "yes";
        return matched.maybe.has(member) ? "maybe" : "no";
      },
      ports: (rule) => portsOfRule(rule, named),
    });
    return this.#asSubject(own, bounds);
  }

  /** By the letter of the API policies hold for pods on the host network, by many engines they do not. */
  #asSubject({ hostNetwork }: PodClass, bounds: PortBounds): PortBounds {
    return hostNetwork && this.engine === "api-standard" ? { certain: bounds.certain, possible: allPorts } : bounds;
  }

  #intern(bounds: PortBounds): PortBounds {
    return entryOf(this.#known, boundsKey(bounds), () => bounds);
  }

  #intersect(left: PortBounds, right: PortBounds): PortBounds {
    const known = entryOf(this.#common, left, () => new Map<PortBounds, PortBounds>());
    return entryOf(known, right, () => this.#intern(bothOpen(left, right)));
  }
}

function split(part: BitSet, yes: BitSet, maybe: BitSet): readonly BitSet[] {
  return [part.intersect(yes), part.intersect(maybe), part.without(yes).without(maybe)].filter((set) => !set.isEmpty());
}
