import type { NetworkProtocol } from "../../estate/kubernetes/network-policy.ts";
import type { LabelSelector } from "../../estate/kubernetes/selector.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { PolicyFamily } from "./policy-engine.ts";

export type Direction = "ingress" | "egress";

/** Whether something holds, as far as the input tells. */
export type Match = "yes" | "maybe" | "no";

/** Ends of a connection that are no pods of the estate and no plain addresses. */
export type Entity = "node" | "apiServer";

/**
 * Who may stand at the other end, in the terms that all policy kinds share.
 * `pods`: pods by labels in the namespaces that match (undefined: the policy's own); `addresses`: a CIDR range less
 * exceptions, which means pods too where `meansPods` says so; `entities`: ends that engines know by name, all pods and the
 * world among them; `unknown`: written in a way that cannot be decided, so anybody may be meant.
 */
export type RulePeer =
  | { readonly kind: "pods"; readonly namespaces: LabelSelector | undefined; readonly pods: LabelSelector }
  | {
      readonly kind: "addresses";
      readonly cidr: string;
      readonly except: readonly string[];
      /** `byEngine`: as the engine reads `ipBlock`. */
      readonly meansPods: "always" | "byEngine" | "never";
    }
  | {
      readonly kind: "entities";
      readonly entities: readonly Entity[];
      readonly pods: boolean;
      readonly world: boolean;
      /** False when only some of them are meant, and the input does not tell which. */
      readonly all: boolean;
    }
  /** Hosts outside by name, whose addresses are not known. */
  | { readonly kind: "hosts" }
  | { readonly kind: "unknown"; readonly why: string };

/** Ports of one protocol: all, a range, or by the name that the destination's containers give. */
export interface RulePort {
  readonly protocol: NetworkProtocol;
  readonly port:
    | { readonly kind: "all" }
    | { readonly kind: "range"; readonly first: number; readonly last: number }
    | { readonly kind: "named"; readonly name: string };
}

export type RuleAction = "allow" | "deny" | "pass";

export interface ReachRule {
  readonly action: RuleAction;
  /** Any of them; undefined: anybody, from outside the cluster too. */
  readonly peers: readonly RulePeer[] | undefined;
  /** Any of them; undefined: every port and protocol. */
  readonly ports: readonly RulePort[] | undefined;
  readonly place: () => Place;
}

/** Rules of one direction. */
export interface DirectionRules {
  readonly rules: readonly ReachRule[];
  /** True when what no rule allows is denied (default deny); false when the rules only add to what others say. */
  readonly isolates: boolean;
}

/**
 * When a policy is asked. `admin` and `baseline`: first match by priority decides; `namespace`: all that select a pod are
 * united, and of these a `deny` beats every allow.
 */
export type PolicyTier = "admin" | "namespace" | "baseline";

/** One policy of any kind, as the evaluation sees it. */
export interface ReachPolicy {
  readonly kind: string;
  readonly name: string;
  /** The policy's own namespace; undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly cluster: string;
  readonly family: PolicyFamily;
  readonly tier: PolicyTier;
  /** Lower goes first; only in the ordered tiers. */
  readonly priority: number;
  /** Whom it binds; undefined when that cannot be read, so that any pod in its scope may be bound. */
  readonly subject: { readonly namespaces: LabelSelector | undefined; readonly pods: LabelSelector } | undefined;
  readonly ingress: DirectionRules | undefined;
  readonly egress: DirectionRules | undefined;
  /** Why what it does to its subjects cannot be told, as a clause; undefined when it can. */
  readonly unreadable: string | undefined;
  readonly place: Place;
}

/** `NetworkPolicy shop/deny-all`, or without a namespace for cluster-scoped kinds. */
export function policyLabel({ kind, namespace, name }: Pick<ReachPolicy, "kind" | "namespace" | "name">): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
