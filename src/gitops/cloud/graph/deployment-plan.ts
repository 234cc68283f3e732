import type { CloudResource, DeploymentParameter, ResourceGraph, ResourceKey } from "./resource-graph.ts";
import { ancestry, bodyOf, byKey, groupOf, parametersOf, referencesIn, resourceGroupType } from "./resource-value.ts";

/** What one subscription deploys. */
export interface SubscriptionPlan {
  readonly subscription: string;
  readonly groups: readonly CloudResource[];
  /** Sorted by name. */
  readonly parts: readonly PartPlan[];
  /** Of all parts; sorted by name. */
  readonly parameters: readonly DeploymentParameter[];
  /** Subscriptions that resources here refer to, other than itself; they are deployed first. */
  readonly after: readonly string[];
}

/** What is deployed to one resource group at once. */
export interface PartPlan {
  readonly name: string;
  /** Where it is deployed to; may be in another subscription than the one that writes it. */
  readonly group: ResourceKey;
  readonly resources: readonly CloudResource[];
  /** What is referred to and written elsewhere, with all that it is below. */
  readonly foreign: readonly CloudResource[];
  /** Parts of the same subscription that go first. */
  readonly after: readonly string[];
  readonly parameters: readonly DeploymentParameter[];
}

/** How a graph is deployed: by subscription, and there by part. */
export function deploymentPlan(graph: ResourceGraph): readonly SubscriptionPlan[] {
  const known = byKey(graph.resources);
  const bySubscription = Map.groupBy(graph.resources, ({ subscription }) => subscription);
  const plans = [...bySubscription].map(([subscription, resources]) =>
    planSubscription(subscription, resources, known),
  );
  return inOrder(plans);
}

function planSubscription(
  subscription: string,
  resources: readonly CloudResource[],
  known: ReadonlyMap<ResourceKey, CloudResource>,
): SubscriptionPlan {
  const groups = resources.filter(({ type }) => type === resourceGroupType);
  const byPart = Map.groupBy(
    resources.filter(({ type }) => type !== resourceGroupType),
    ({ part }) => part,
  );
  const parts = [...byPart]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, members]) => planPart(name, subscription, members, known));
  const after = resources.flatMap((resource) =>
    neededBy(resource).flatMap((key) => known.get(key)?.subscription ?? []),
  );
  return {
    subscription,
    groups,
    parts,
    parameters: distinct(parts.flatMap(({ parameters }) => parameters)),
    after: [...new Set(after)].filter((name) => name !== subscription).toSorted(),
  };
}

function planPart(
  name: string,
  subscription: string,
  resources: readonly CloudResource[],
  known: ReadonlyMap<ResourceKey, CloudResource>,
): PartPlan {
  const [first] = resources;
  const own = new Set(resources.map(({ key }) => key));
  const needed = new Map<ResourceKey, CloudResource>();
  const after = new Set<string>();
  for (const resource of resources) {
    for (const key of neededBy(resource)) {
      const target = known.get(key);
      if (target === undefined || own.has(key)) continue;
      for (const above of ancestry(target, known)) if (!own.has(above.key)) needed.set(above.key, above);
    }
    for (const key of [...neededBy(resource), ...(resource.dependsOn ?? [])]) {
      const target = known.get(key);
      if (target?.subscription === subscription && target.type !== resourceGroupType && target.part !== name) {
        after.add(target.part);
      }
    }
  }
  return {
    name,
    group: (first === undefined ? undefined : groupOf(first, known)) ?? "",
    resources,
    foreign: [...needed.values()].toSorted((left, right) => (left.key < right.key ? -1 : 1)),
    after: [...after].toSorted(),
    parameters: distinct(resources.flatMap(parametersOf)),
  };
}

/** Keys of what a resource is below or refers to. */
export function neededBy(resource: CloudResource): readonly ResourceKey[] {
  const references = referencesIn(bodyOf(resource)).map(({ $ref }) => $ref);
  return resource.parent === undefined ? references : [resource.parent, ...references];
}

/** Parameters by name, each once. */
function distinct(parameters: readonly DeploymentParameter[]): readonly DeploymentParameter[] {
  const byName = new Map(parameters.map((parameter) => [parameter.$parameter, parameter]));
  return [...byName.values()].toSorted((left, right) => (left.$parameter < right.$parameter ? -1 : 1));
}

/** Those that others need first; the alphabet decides between equals, and breaks what goes round. */
function inOrder(plans: readonly SubscriptionPlan[]): readonly SubscriptionPlan[] {
  const waiting = plans.toSorted((left, right) => (left.subscription < right.subscription ? -1 : 1));
  const done: SubscriptionPlan[] = [];
  while (waiting.length > 0) {
    const isDone = (name: string): boolean => done.some(({ subscription }) => subscription === name);
    const ready = waiting.findIndex(({ after }) => after.every(isDone));
    done.push(...waiting.splice(Math.max(ready, 0), 1));
  }
  return done;
}
