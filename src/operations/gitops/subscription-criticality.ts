import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { oneStageForAll } from "../../estate/diagnostics/render-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { subscriptionOf } from "../../gitops/cloud/graph/subscriptions.ts";
import type { Criticality } from "../../gitops/cloud/pipelines/staged-graph.ts";

const ranks = { low: 0, medium: 1, high: 2 } as const;

/** How critical the most critical environment of the clusters of each subscription is; those without clusters are left out. */
export function subscriptionCriticality(estate: Estate): Criticality {
  return new Map(
    [...environmentsOf(estate)].map(([subscription, environments]) => [
      subscription,
      Math.max(0, ...environments.map(({ criticality }) => ranks[criticality])),
    ]),
  );
}

/** Subscriptions that hold critical environments beside others: nothing can be tried in one before it reaches the other. */
export function sharedStages(estate: Estate): readonly Diagnostic[] {
  return [...environmentsOf(estate)].flatMap(([subscription, environments]) => {
    const isCritical = environments.some(({ criticality }) => criticality === "high");
    if (!isCritical || environments.every(({ criticality }) => criticality === "high")) return [];
    return [diagnose(oneStageForAll, { subscription, environments: environments.map(({ name }) => name) })];
  });
}

function environmentsOf({ clusters, environments }: Estate): ReadonlyMap<string, Estate["environments"]> {
  const bySubscription = Map.groupBy(clusters, subscriptionOf);
  return new Map(
    [...bySubscription].map(([subscription, here]) => {
      const names = new Set(here.flatMap((cluster) => cluster.environments));
      return [subscription, environments.filter(({ name }) => names.has(name))] as const;
    }),
  );
}
