import type { CloudResource, ResourceKey } from "../graph/resource-graph.ts";
import { ancestry, groupOf, isChildType, resourceGroupType } from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";

/** Id of a resource in Azure; the parameter that gives the id of its subscription stands in the place of it. */
export interface ArmId {
  readonly text: string;
  readonly subscriptionParameter: string;
}

export function armId(resource: CloudResource, known: ReadonlyMap<ResourceKey, CloudResource>): ArmId {
  const group = known.get(groupOf(resource, known) ?? "");
  const parameter = subscriptionParameter(group?.subscription ?? resource.subscription);
  let text = `/subscriptions/${parameter}/resourceGroups/${group?.name ?? ""}`;
  let above: CloudResource | undefined;
  for (const entry of ancestry(resource, known).toReversed()) {
    if (entry.type === resourceGroupType) continue;
    const isChild = above !== undefined && isChildType(entry.type, above.type);
    const type = isChild ? entry.type.slice((above?.type.length ?? 0) + 1) : `providers/${entry.type}`;
    text += `/${type}/${entry.name}`;
    above = entry;
  }
  return { text, subscriptionParameter: parameter };
}
