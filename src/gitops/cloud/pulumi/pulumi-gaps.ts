import { pulumiClass } from "../../../catalog/pulumi-classes.ts";
import type { ResourceGraph, ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList } from "../graph/resource-value.ts";
import { isOnlyRead } from "./provider-properties.ts";

/** What the program cannot say of a resource. */
export interface PulumiGap {
  /** Key of the resource. */
  readonly resource: string;
  /** Path of the ARM property; empty for the whole resource. */
  readonly path: string;
  readonly reason: string;
}

/** Types that have no class, and properties that the provider only reads. */
export function pulumiGaps({ resources }: ResourceGraph): readonly PulumiGap[] {
  return resources.flatMap(({ key, type, properties }): readonly PulumiGap[] => {
    if (pulumiClass(type) === undefined) {
      return [{ resource: key, path: "", reason: `no class of the provider writes ${type}` }];
    }
    return onlyReadIn(properties, "", "").map((path) => ({
      resource: key,
      path,
      reason: "the provider only reads it",
    }));
  });
}

function onlyReadIn(value: ResourceValue, name: string, path: string): readonly string[] {
  if (isResourceList(value)) return value.flatMap((each, index) => onlyReadIn(each, name, `${path}.${index}`));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const inner = path === "" ? key : `${path}.${key}`;
    return isOnlyRead(name, key) ? [inner] : onlyReadIn(entry, key, inner);
  });
}
