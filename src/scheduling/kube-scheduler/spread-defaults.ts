import { type LabelRequirement, type LabelSelector, matchesLabels } from "../../estate/kubernetes/selector.ts";
import type { ClusterContext } from "./model/cluster-context.ts";
import type { PodTemplate } from "./model/pod-template.ts";
import type { SpreadConstraint } from "./model/spread-constraint.ts";
import { type SchedulerProfile, systemDefaultSpread } from "./scheduler-profile.ts";

/** The spread constraints in force for a pod. */
export interface SpreadInForce {
  readonly constraints: readonly SpreadConstraint[];
  /** True for the pod's own and for a profile's list: nodes that lack a key are then not scored. */
  readonly requiresAllKeys: boolean;
}

/** A pod's own constraints if it has any of either kind; else the profile's, counting by services and owner. */
export function spreadInForce(
  template: PodTemplate,
  context: ClusterContext,
  { defaultSpread }: SchedulerProfile,
): SpreadInForce {
  if (template.spread.length > 0) return { constraints: template.spread, requiresAllKeys: true };
  const requiresAllKeys = defaultSpread !== "system";
  const selector = defaultSelector(template, context);
  if (selector.requirements.length === 0) return { constraints: [], requiresAllKeys };
  const defaults = defaultSpread === "system" ? systemDefaultSpread : defaultSpread;
  return {
    constraints: defaults.map((each) => ({
      ...each,
      selector,
      minDomains: 1,
      honorsNodeAffinity: true,
      honorsNodeTaints: false,
    })),
    requiresAllKeys,
  };
}

/** Selectors of all services that select the pod, merged, and of the owning controller. */
function defaultSelector(template: PodTemplate, { services, controllers }: ClusterContext): LabelSelector {
  const merged = new Map<string, LabelRequirement>();
  for (const { namespace, selector } of services) {
    if (namespace !== template.namespace || !matchesLabels(selector, template.labels)) continue;
    for (const requirement of selector.requirements) merged.set(requirement.key, requirement);
  }
  const { owner, namespace } = template;
  const owned = owner === undefined ? undefined : controllers.get(`${owner.kind}/${namespace}/${owner.name}`);
  const requirements = [...merged.values(), ...(owned?.requirements ?? [])];
  return {
    requirements: requirements.toSorted((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0)),
  };
}
