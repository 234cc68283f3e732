import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type AddressInterval, readAddressRange } from "./address-range.ts";
import { BitSet } from "./bit-set.ts";
import { controllerNamespaces } from "./ingress-controllers.ts";
import type { NamespaceReading } from "./namespace-reading.ts";
import { rangeHoldsPod } from "./pod-addresses.ts";
import type { PeerClasses, PodClasses } from "./pod-classes.ts";
import { matchesPodAddresses, type PolicyEngine } from "./policy-engine.ts";
import type { Entity, Match, ReachPolicy, ReachRule, RulePeer } from "./reach-policy.ts";

/** An end of a connection that is no pod of the estate. */
export type Outsider =
  | { readonly kind: "entity"; readonly entity: Entity }
  /** Addresses that no range of the rules in question cuts. */
  | { readonly kind: "addresses"; readonly interval: AddressInterval }
  /** Any pod whatever, of which neither labels nor namespace are known: what names everybody names it. */
  | { readonly kind: "stranger" }
  /** A pod of the ingress controller, which the manifests need not hold; its labels are not known. */
  | { readonly kind: "controller" };

/** What the reading of peers follows from besides the policies. */
interface PeerPlace {
  readonly cluster: Cluster;
  readonly networks: Estate["networks"];
  readonly namespaces: NamespaceReading;
}

type AddressPeer = RulePeer & { readonly kind: "addresses" };

/** Whom the rules of one cluster mean, by the reading of its engine. */
export class RulePeers {
  readonly #classes: PodClasses;
  readonly #engine: PolicyEngine;
  readonly #place: PeerPlace;
  readonly #hosts: BitSet;
  readonly #pods: BitSet;
  readonly #matched = new Map<ReachRule, PeerClasses>();

  constructor(classes: PodClasses, engine: PolicyEngine, place: PeerPlace) {
    this.#classes = classes;
    this.#engine = engine;
    this.#place = place;
    const indexes = (hostNetwork: boolean) =>
      classes.classes.filter((each) => each.hostNetwork === hostNetwork).map(({ index }) => index);
    this.#hosts = BitSet.of(classes.classes.length, indexes(true));
    this.#pods = BitSet.of(classes.classes.length, indexes(false));
  }

  /** Classes that a rule matches; undefined: all. */
  classes(policy: ReachPolicy, rule: ReachRule): PeerClasses | undefined {
    const { peers } = rule;
    if (peers === undefined) return undefined;
    return entryOf(this.#matched, rule, () => {
      const each = peers.map((peer) => this.#classesOfPeer(policy, rule, peer));
      const none = new BitSet(this.#classes.classes.length);
      const yes = each.reduce((set, one) => set.union(one.yes), none);
      return { yes, maybe: each.reduce((set, one) => set.union(one.maybe), none).without(yes) };
    });
  }

  matchesOutsider({ namespace }: ReachPolicy, { peers }: ReachRule, outsider: Outsider): Match {
    if (peers === undefined) return "yes";
    return strongest(
      peers.map((peer) =>
        outsider.kind === "controller" && peer.kind === "pods"
          ? this.#controller(peer, namespace)
          : this.#outsider(peer, outsider),
      ),
    );
  }

  /** By the namespaces that the cluster declares for its controllers; without them anything that selects pods may. */
  #controller({ namespaces, pods }: RulePeer & { readonly kind: "pods" }, own: string | undefined): Match {
    const isAnyPod = pods.requirements.length === 0;
    if (namespaces?.requirements.length === 0 && isAnyPod) return "yes";
    const known = controllerNamespaces(this.#place.cluster);
    if (known === undefined) return "maybe";
    const matches = known.map((name) =>
      namespaces === undefined ? (name === own ? "yes" : "no") : this.#place.namespaces.matches(namespaces, name),
    );
    if (matches.every((match) => match === "no")) return "no";
    return isAnyPod && matches.every((match) => match === "yes") ? "yes" : "maybe";
  }

  #classesOfPeer(policy: ReachPolicy, rule: ReachRule, peer: RulePeer): PeerClasses {
    const none = new BitSet(this.#classes.classes.length);
    switch (peer.kind) {
      case "pods":
        return this.#podsByLabel(rule, this.#classes.peerClasses(policy, peer));
      case "addresses": {
        const pods = setOf(this.#holdsPods(peer, false), this.#pods, none);
        const hosts = setOf(this.#holdsPods(peer, true), this.#hosts, none);
        return { yes: pods.yes.union(hosts.yes), maybe: pods.maybe.union(hosts.maybe) };
      }
      case "entities": {
        const pods = peer.pods ? this.#pods : none;
        const hosts = peer.entities.includes("node") ? this.#hosts : none;
        const meant = pods.union(hosts);
        return peer.all ? { yes: meant, maybe: none } : { yes: none, maybe: meant };
      }
      case "hosts":
        return { yes: none, maybe: none };
      case "unknown":
        return { yes: none, maybe: this.#pods.union(this.#hosts) };
    }
  }

  /**
   * Engines of AKS know pods on the host network as their node, which no label selects. The letter of the API selects them
   * like others and leaves it to the engine; where that would deny, it is not certain.
   */
  #podsByLabel({ action }: ReachRule, { yes, maybe }: PeerClasses): PeerClasses {
    if (this.#engine !== "api-standard") return { yes: yes.without(this.#hosts), maybe: maybe.without(this.#hosts) };
    if (action === "allow") return { yes, maybe };
    return { yes: yes.without(this.#hosts), maybe: maybe.union(yes.intersect(this.#hosts)) };
  }

  #holdsPods(peer: AddressPeer, hostNetwork: boolean): Match {
    const isMeant = peer.meansPods === "always" || (peer.meansPods === "byEngine" && matchesPodAddresses(this.#engine));
    if (!isMeant) return "no";
    const holds = rangeHoldsPod(this.#place, this.#place.cluster, peer, { hostNetwork });
    return holds === undefined ? "maybe" : holds ? "yes" : "no";
  }

  #outsider(peer: RulePeer, outsider: Outsider): Match {
    if (peer.kind === "unknown") return "maybe";
    switch (outsider.kind) {
      case "entity":
        return this.#entity(peer, outsider.entity);
      case "addresses":
        if (peer.kind === "addresses") return holdsInterval(peer, outsider.interval);
        if (peer.kind === "hosts") return "maybe";
        return peer.kind === "entities" && peer.world ? "yes" : "no";
      case "stranger":
        if (peer.kind === "addresses") return this.#holdsPods(peer, false) === "yes" ? "yes" : "no";
        return namesEverybody(peer) ? "yes" : "no";
      case "controller":
        if (namesEverybody(peer)) return "yes";
        if (peer.kind === "addresses") return this.#holdsPods(peer, false);
        return "no";
    }
  }

  #entity(peer: RulePeer, entity: Entity): Match {
    switch (peer.kind) {
      case "entities":
        if (peer.entities.includes(entity)) return peer.all ? "yes" : "maybe";
        return entity === "apiServer" && peer.world ? "maybe" : "no";
      case "addresses":
        if (entity === "node") return this.#holdsPods(peer, true);
        return readAddressRange(peer.cidr).kind !== "ipv4" ? "no" : isEverywhere(peer) ? "yes" : "maybe";
      case "hosts":
        return entity === "apiServer" ? "maybe" : "no";
      case "pods":
      case "unknown":
        return "no";
    }
  }
}

/** Ranges in a rule, with their exceptions: where these begin and end, what the rule says may change. */
export function rangesOf({ peers = [] }: ReachRule): readonly AddressInterval[] {
  return peers.flatMap((peer) =>
    peer.kind === "addresses" ? [peer.cidr, ...peer.except].flatMap((text) => intervalOf(text) ?? []) : [],
  );
}

function holdsInterval({ cidr, except }: AddressPeer, interval: AddressInterval): Match {
  const outer = intervalOf(cidr);
  if (outer === undefined || !isInside(interval, outer)) return "no";
  return except.some((text) => {
    const exception = intervalOf(text);
    return exception !== undefined && isInside(interval, exception);
  })
    ? "no"
    : "yes";
}

function isEverywhere({ cidr, except }: AddressPeer): boolean {
  const interval = intervalOf(cidr);
  return interval?.first === 0 && interval.last === 2 ** 32 - 1 && except.length === 0;
}

function intervalOf(text: string): AddressInterval | undefined {
  const reading = readAddressRange(text);
  return reading.kind === "ipv4" ? reading.interval : undefined;
}

function isInside(inner: AddressInterval, outer: AddressInterval): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

function namesEverybody(peer: RulePeer): boolean {
  if (peer.kind === "entities") return peer.pods;
  return peer.kind === "pods" && peer.namespaces?.requirements.length === 0 && peer.pods.requirements.length === 0;
}

function setOf(match: Match, members: BitSet, none: BitSet): PeerClasses {
  return { yes: match === "yes" ? members : none, maybe: match === "maybe" ? members : none };
}

function strongest(matches: readonly Match[]): Match {
  if (matches.includes("yes")) return "yes";
  return matches.includes("maybe") ? "maybe" : "no";
}
