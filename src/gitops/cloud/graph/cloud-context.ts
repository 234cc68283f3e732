import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { sharedSubscription } from "../../../estate/assumptions/cloud-target-rules.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { azureName } from "./azure-names.ts";
import type { GraphDraft, Part, Placed } from "./graph-draft.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { subscriptionOf } from "./subscriptions.ts";

/** What every builder of resources needs: the estate, the draft, and what is shared. */
export interface CloudContext {
  readonly estate: Estate;
  readonly draft: GraphDraft;
  /** Those that are declared, in the order of the estate. */
  readonly clusters: readonly Cluster[];
  readonly networks: ReadonlyMap<string, NetworkPlan>;
  readonly shared: SharedPlan;
}

export interface SharedPlan {
  readonly subscription: string;
  readonly region: string;
}

/** The environment whose loss hurts most: of the highest criticality, the last in the order of promotion. */
export function mostCriticalEnvironment(estate: Estate, among: readonly string[]): string | undefined {
  const ranks = { low: 0, medium: 1, high: 2 } as const;
  return estate.environments
    .filter(({ name }) => among.includes(name))
    .map(({ name, criticality }, index) => ({ name, rank: ranks[criticality] * 1000 + index }))
    .toSorted((left, right) => right.rank - left.rank)[0]?.name;
}

export function planShared(estate: Estate, draft: GraphDraft): SharedPlan {
  const critical = mostCriticalEnvironment(
    estate,
    estate.environments.map(({ name }) => name),
  );
  const clusters = estate.clusters.filter(
    ({ environments }) => critical !== undefined && environments.includes(critical),
  );
  const regions = estate.regions.map(({ name }) => name);
  const cluster =
    clusters.toSorted((left, right) => regions.indexOf(left.region) - regions.indexOf(right.region))[0] ??
    estate.clusters[0];
  const plan = {
    subscription: cluster === undefined ? "default" : subscriptionOf(cluster),
    region: cluster?.region ?? regions[0] ?? "westeurope",
  };
  draft.assumptions.push(assume(sharedSubscription, "Estate", plan, estate.place));
  return plan;
}

/** A part with a resource group of its own. */
export function partOf(
  { draft, estate }: Pick<CloudContext, "draft" | "estate">,
  name: string,
  at: {
    readonly subscription: string;
    readonly region: string;
    readonly tells: string;
    readonly words?: readonly string[];
  },
): Part {
  const groupName = azureName("resourceGroup", [estate.name, ...(at.words ?? [name])], estate.name);
  const group = draft.addGroup(at.subscription, groupName, at.region, at.tells);
  return { name, subscription: at.subscription, group, tells: at.tells };
}

/** A part that is deployed to the group of a resource that another part writes. */
export function partBeside(part: Part, name: string, group: Placed): Part {
  return { ...part, name, group };
}

export function sharedPart(context: Pick<CloudContext, "draft" | "estate" | "shared">, name = "shared"): Part {
  return partOf(context, name, { ...context.shared, tells: "Estate", words: ["shared"] });
}

/** Clusters that an application runs on in one environment, as they are declared. */
export function clustersOf(
  { clusters }: CloudContext,
  application: Application,
  environment: string,
): readonly Cluster[] {
  const names = application.clusters.get(environment) ?? [];
  return clusters.filter(({ name }) => names.includes(name));
}
