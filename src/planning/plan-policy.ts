import type { Environment } from "../estate/model/estate.ts";
import type { SpreadDemands } from "./journeys/spread-demand.ts";

/** How a tenant's pods are kept from those of others, from the widest sharing to the narrowest. */
export const isolationChoices = ["shared", "sandbox", "pool", "cluster"] as const;

/**
 * `shared`: a namespace on nodes that others use too; `sandbox`: virtual machines of their own on a sandboxed pool; `pool`:
 * nodes of their own; `cluster`: a cluster of their own.
 */
export type IsolationChoice = (typeof isolationChoices)[number];

type Criticality = Environment["criticality"];

/** What a plan is made for beside what the estate itself demands. */
export interface PlanPolicy {
  /** Environments of these criticalities hold all their pods with any one zone gone. */
  readonly headroom: readonly Criticality[];
  /** Environments of these criticalities are in one zone only. */
  readonly oneZone: readonly Criticality[];
  /** Environments of these criticalities have the Free tier, which has no uptime SLA. */
  readonly freeTier: readonly Criticality[];
  /** Kinds of isolation by tenant, in the place of what it accepts: what an alternative would cost. */
  readonly isolation: ReadonlyMap<string, IsolationChoice>;
  /** Workloads that no single node may stop, by id. */
  readonly spread: SpreadDemands;
  /** Environments whose journeys would miss their objective in one zone or without an SLA, whatever their criticality. */
  readonly guarded: ReadonlySet<string>;
}

/** What holds where nobody says otherwise. */
export const defaultPolicy: PlanPolicy = {
  headroom: ["high"],
  oneZone: ["low"],
  freeTier: ["low"],
  isolation: new Map(),
  spread: new Map(),
  guarded: new Set(),
};

/** The environment has one zone only. */
export function isOneZone({ oneZone, guarded }: PlanPolicy, { name, criticality }: Environment): boolean {
  return oneZone.includes(criticality) && !guarded.has(name);
}

/** The environment asks for no uptime SLA of its cluster. */
export function isFreeTier({ freeTier, guarded }: PlanPolicy, { name, criticality }: Environment): boolean {
  return freeTier.includes(criticality) && !guarded.has(name);
}
