import { formatPorts, intersectPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { isUnreadable } from "./evaluate-rules.ts";
import type { BindingPolicy } from "./pod-classes.ts";
import { isClosed, type PortBounds } from "./port-bounds.ts";
import { type Direction, type Match, policyLabel, type ReachRule } from "./reach-policy.ts";
import type { Outsider } from "./rule-peers.ts";
import { portsOfRule } from "./rule-ports.ts";

/** Why one end lets a connection pass or not, in one sentence without a full stop, and the rule that decides. */
export interface DirectionReason {
  readonly verdict: "open" | "allowed" | "denied" | "undecided";
  readonly because: string;
  /** The policy that decides, such as `NetworkPolicy shop/deny-all`; where several isolate, the first. */
  readonly policy?: string;
  /** The rule, or the policy that isolates. */
  readonly place?: Place;
}

/** Who stands at the other end: the position of a workload, or an outsider. */
export type OtherEnd = number | Outsider;

interface MatchedRule {
  readonly binding: BindingPolicy;
  readonly rule: ReachRule;
  readonly match: Match;
}

/** Why the policies of a workload let one direction towards another end pass or not. */
export function explainDirection(
  reach: ClusterReach,
  subject: number,
  direction: Direction,
  other: OtherEnd,
): DirectionReason {
  const own = reach.classes[reach.classOf[subject] ?? 0];
  if (own === undefined) return openByDefault;
  if (reach.engine === "none") return { verdict: "open", because: "the cluster has no policy engine" };
  if (own.hostNetwork && reach.engine !== "api-standard")
    return { verdict: "open", because: "policies do not bind pods on the host network" };
  const bindings = reach.bindings(own, direction);
  const broken = bindings.find(({ policy }) => isUnreadable(policy, direction));
  if (broken !== undefined) return unreadableReason(broken);
  if (bindings.length === 0) return openByDefault;
  const bounds =
    typeof other === "number"
      ? reach.towards(own.index, direction, reach.classOf[other] ?? 0)
      : reach.outsider(own.index, direction, other);
  const matched = matchedRules(reach, bindings, direction, other);
  if (isClosed(bounds)) return whyDenied(bindings, direction, matched);
  if (isEmptyPortSet(bounds.certain)) return whyUndecided(reach, matched, other, own.hostNetwork);
  return whyAllowed(reach, own.index, direction, other, bounds, matched);
}

const openByDefault: DirectionReason = { verdict: "open", because: "no policy restricts it" };

const tiers = ["admin", "namespace", "baseline"] as const;

/** In the order in which they are asked. */
function matchedRules(
  reach: ClusterReach,
  bindings: readonly BindingPolicy[],
  direction: Direction,
  other: OtherEnd,
): readonly MatchedRule[] {
  return bindings
    .toSorted(
      (left, right) =>
        tiers.indexOf(left.policy.tier) - tiers.indexOf(right.policy.tier) ||
        left.policy.priority - right.policy.priority,
    )
    .flatMap((binding) =>
      (binding.policy[direction]?.rules ?? []).flatMap((rule): MatchedRule[] => {
        const found = matchOf(reach, binding, rule, other);
        const match = found === "yes" && !binding.certain ? "maybe" : found;
        return match === "no" ? [] : [{ binding, rule, match }];
      }),
    );
}

function matchOf(reach: ClusterReach, { policy }: BindingPolicy, rule: ReachRule, other: OtherEnd): Match {
  if (typeof other !== "number") return reach.peers.matchesOutsider(policy, rule, other);
  const classes = reach.peers.classes(policy, rule);
  const index = reach.classOf[other] ?? 0;
  if (classes === undefined || classes.yes.has(index)) return "yes";
  return classes.maybe.has(index) ? "maybe" : "no";
}

function whyAllowed(
  reach: ClusterReach,
  subject: number,
  direction: Direction,
  other: OtherEnd,
  { certain }: PortBounds,
  matched: readonly MatchedRule[],
): DirectionReason {
  const destination = direction === "ingress" ? subject : typeof other === "number" ? reach.classOf[other] : undefined;
  const named = destination === undefined ? undefined : reach.classes[destination]?.namedPorts;
  const witness = matched.find(
    ({ rule, match }) =>
      match === "yes" && rule.action === "allow" && !isEmptyPortSet(intersectPorts(portsOfRule(rule, named), certain)),
  );
  if (witness === undefined) return { verdict: "open", because: "no rule denies it" };
  const ports = formatPorts(intersectPorts(portsOfRule(witness.rule, named), certain));
  const policy = policyLabel(witness.binding.policy);
  return { verdict: "allowed", because: `${policy} allows ${ports}`, policy, place: witness.rule.place() };
}

function whyDenied(
  bindings: readonly BindingPolicy[],
  direction: Direction,
  matched: readonly MatchedRule[],
): DirectionReason {
  const denying = matched.find(({ rule, match }) => match === "yes" && rule.action === "deny");
  const isolating = bindings.filter(({ policy }) => policy[direction]?.isolates === true);
  const [first] = isolating;
  if (denying !== undefined && (first === undefined || denying.binding.policy.tier !== "baseline")) {
    return {
      verdict: "denied",
      because: `${policyLabel(denying.binding.policy)} denies it`,
      policy: policyLabel(denying.binding.policy),
      place: denying.rule.place(),
    };
  }
  if (first === undefined) return { verdict: "denied", because: "its policies deny it" };
  const names = isolating.map(({ policy }) => policyLabel(policy));
  const others =
    names.length > 2 ? ` and ${names.length - 1} more policies` : names.length === 2 ? ` and ${names[1]}` : "";
  const closes = names.length === 1 ? "isolates it and allows" : "isolate it and allow";
  return {
    verdict: "denied",
    because: `${names[0]}${others} ${closes} no such ${direction}`,
    policy: policyLabel(first.policy),
    place: first.policy.place,
  };
}

function unreadableReason({ policy }: BindingPolicy): DirectionReason {
  const name = `${policy.kind} ${policy.name}`;
  return { verdict: "undecided", because: `${name} cannot be decided: ${policy.unreadable}`, place: policy.place };
}

function whyUndecided(
  reach: ClusterReach,
  matched: readonly MatchedRule[],
  other: OtherEnd,
  hostNetwork: boolean,
): DirectionReason {
  const doubtful = matched.find(({ match }) => match === "maybe");
  if (doubtful === undefined) {
    return {
      verdict: "undecided",
      because: hostNetwork
        ? "whether policies hold for pods on the host network is the engine's to say"
        : "policies of one priority disagree",
    };
  }
  const { binding, rule } = doubtful;
  return { verdict: "undecided", because: doubtOf(reach, binding, rule, other), place: rule.place() };
}

/** What the input leaves out, as a clause. */
function doubtOf(reach: ClusterReach, { policy, certain }: BindingPolicy, rule: ReachRule, other: OtherEnd): string {
  const name = `${policy.kind} ${policy.name}`;
  const verb = rule.action === "allow" ? "allows" : rule.action === "deny" ? "denies" : "passes on";
  const workload = typeof other === "number" ? reach.workloads[other] : undefined;
  for (const peer of rule.peers ?? []) {
    if (peer.kind === "unknown") return `${name}: ${peer.why}`;
    if (peer.kind === "addresses") {
      const cluster = reach.cluster.name;
      return `${name} ${verb} ${peer.cidr}, and which addresses the pods of ${cluster} have is not declared`;
    }
    if (peer.kind === "pods" && peer.namespaces !== undefined && workload !== undefined && !workload.opaque) {
      return `${name} selects namespaces by label, and the Namespace ${workload.namespace} is not among the manifests`;
    }
  }
  if (workload?.opaque === true) return `the pods of ${workload.label} cannot be seen, and ${name} selects by label`;
  if (!certain) return `whether ${name} holds depends on what the manifests do not show`;
  return `${name} names ends that the manifests do not hold`;
}
