import { intersectPorts, noPorts, type PortSet, subtractPorts, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { BindingPolicy } from "./pod-classes.ts";
import {
  eitherOpen,
  eitherWay,
  everyPortOpen,
  noPortOpen,
  overlay,
  type PortBounds,
  portsUnknown,
} from "./port-bounds.ts";
import type { Direction, Match, ReachRule } from "./reach-policy.ts";

/** How one peer looks to the rules that bind a subject. */
export interface PeerView {
  readonly match: (rule: ReachRule, binding: BindingPolicy) => Match;
  readonly ports: (rule: ReachRule) => PortSet;
}

/**
 * What the policies that bind a subject open towards one peer, in one direction. The tiers in order: Admin, first match by
 * priority; then, if any policy isolates the subject, what the united policies of its namespace allow, and nothing else;
 * otherwise Baseline, first match; without a match all is open. Of a match that cannot be decided both outcomes are kept.
 */
export function evaluateRules(bindings: readonly BindingPolicy[], direction: Direction, peer: PeerView): PortBounds {
  if (bindings.some(({ policy }) => isUnreadable(policy, direction))) return portsUnknown;
  const active = bindings.filter(({ policy }) => policy[direction] !== undefined);
  if (active.length === 0) return everyPortOpen;
  const tier = (name: string) => active.filter(({ policy }) => policy.tier === name);
  const baseline = foldTier(tier("baseline"), direction, peer, everyPortOpen);
  const united = uniteNamespace(tier("namespace"), direction, peer, baseline);
  return foldTier(tier("admin"), direction, peer, united);
}

/** One that would be refused binds the directions that it states, or both when none can be read. */
export function isUnreadable(
  { unreadable, ingress, egress, ...rest }: BindingPolicy["policy"],
  direction: Direction,
): boolean {
  if (unreadable === undefined) return false;
  const own = direction === "ingress" ? ingress : egress;
  return own !== undefined || (ingress === undefined && egress === undefined) || rest.subject === undefined;
}

function uniteNamespace(
  bindings: readonly BindingPolicy[],
  direction: Direction,
  peer: PeerView,
  next: PortBounds,
): PortBounds {
  let allowed = noPortOpen;
  let denied = noPortOpen;
  for (const binding of bindings) {
    for (const rule of binding.policy[direction]?.rules ?? []) {
      const opened = portsMatched(rule, binding, peer);
      if (rule.action === "deny") denied = eitherOpen(denied, opened);
      else allowed = eitherOpen(allowed, opened);
    }
  }
  const isolating = bindings.filter(({ policy }) => policy[direction]?.isolates === true);
  const isolated = isolating.some(({ certain }) => certain);
  const open = isolated ? allowed : isolating.length > 0 ? eitherWay(allowed, next) : next;
  return {
    certain: subtractPorts(open.certain, denied.possible),
    possible: subtractPorts(open.possible, denied.certain),
  };
}

/** Ports on which the rule matches the peer, certainly and possibly. */
function portsMatched(rule: ReachRule, binding: BindingPolicy, peer: PeerView): PortBounds {
  const match = matchOf(rule, binding, peer);
  if (match === "no") return noPortOpen;
  const ports = peer.ports(rule);
  return { certain: match === "yes" ? ports : noPorts, possible: ports };
}

function matchOf(rule: ReachRule, binding: BindingPolicy, peer: PeerView): Match {
  const match = peer.match(rule, binding);
  return match === "yes" && !binding.certain ? "maybe" : match;
}

function foldTier(
  bindings: readonly BindingPolicy[],
  direction: Direction,
  peer: PeerView,
  next: PortBounds,
): PortBounds {
  if (bindings.length === 0) return next;
  const levels = [...Map.groupBy(bindings, ({ policy }) => policy.priority)].sort(([left], [right]) => right - left);
  return levels.reduce((below, [, level]) => foldLevel(level, direction, peer, { next, below }), next);
}

/** What holds where a rule passes on to the next tier, and where none matches. */
interface Continuation {
  readonly next: PortBounds;
  readonly below: PortBounds;
}

/** Policies of one priority: whichever of those that match is asked first may decide. */
function foldLevel(
  level: readonly BindingPolicy[],
  direction: Direction,
  peer: PeerView,
  { next, below }: Continuation,
): PortBounds {
  const [only] = level;
  if (level.length === 1 && only !== undefined) return foldRules(only, direction, peer, { next, below });
  let certain = everyPortOpen.certain;
  let possible = noPorts;
  let matched = noPorts;
  for (const binding of level) {
    certain = intersectPorts(certain, foldRules(binding, direction, peer, { next, below: everyPortOpen }).certain);
    possible = unitePorts([possible, foldRules(binding, direction, peer, { next, below: noPortOpen }).possible]);
    const rules = binding.policy[direction]?.rules ?? [];
    matched = unitePorts([matched, ...rules.map((rule) => portsMatched(rule, binding, peer).certain)]);
  }
  return {
    certain: intersectPorts(certain, unitePorts([below.certain, matched])),
    possible: unitePorts([possible, subtractPorts(below.possible, matched)]),
  };
}

function foldRules(
  binding: BindingPolicy,
  direction: Direction,
  peer: PeerView,
  { next, below }: Continuation,
): PortBounds {
  const rules = binding.policy[direction]?.rules ?? [];
  return rules.reduceRight((rest, rule) => {
    const match = matchOf(rule, binding, peer);
    if (match === "no") return rest;
    const outcome = rule.action === "allow" ? everyPortOpen : rule.action === "deny" ? noPortOpen : next;
    return overlay(peer.ports(rule), match === "yes" ? outcome : eitherWay(outcome, rest), rest);
  }, below);
}
