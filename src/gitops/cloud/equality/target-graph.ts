import { hasAzurermArgument } from "../../../catalog/azurerm-attributes.ts";
import { cloudType } from "../../../catalog/cloud-fields.ts";
import { inlineKeys } from "../graph/inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList, type ResourceObject } from "../graph/resource-value.ts";

const poolType = "Microsoft.ContainerService/managedClusters/agentPools";

/**
 * A graph as far as Terraform says it: defaults and repeated fields are left out, so is what the table calls lossy, and
 * hints that count at creation only. Two graphs that are equal after it say the same wherever the table says full.
 */
export function asTerraformSays(graph: ResourceGraph): ResourceGraph {
  const inline = inlineKeys(graph);
  return { resources: graph.resources.map((resource) => reduced(resource, inline.has(resource.key))) };
}

function reduced(resource: CloudResource, isInline: boolean): CloudResource {
  const fields = cloudType(resource.type);
  if (fields === undefined) return resource;
  const dropped = new Map<string, ResourceValue | undefined>([
    ...Object.entries(isInline ? (fields.inline?.defaults ?? {}) : (fields.defaults ?? {})),
    ...Object.keys({ ...fields.implied, ...fields.lossy }).map((path) => [path, undefined] as const),
  ]);
  if (resource.type === poolType && resource.properties["enableAutoScaling"] === true) {
    dropped.set("properties.count", undefined);
  }
  if (resource.type === poolType)
    for (const path of ["mode", "osType", "type"]) dropped.set(`properties.${path}`, defaultOf(path));
  const own = fields.terraform ?? "";
  const hasLocation = own === "" || fields.fold !== undefined || hasAzurermArgument(own, "location");
  const { sku, properties, location, ...rest } = resource;
  const kept = sku === undefined ? undefined : without(sku, "sku", dropped);
  return {
    ...rest,
    location: hasLocation && fields.fold === undefined ? location : undefined,
    ...(kept === undefined ? {} : { sku: kept }),
    properties: without(properties, "properties", dropped),
  };
}

function defaultOf(path: string): ResourceValue {
  return path === "mode" ? "User" : path === "osType" ? "Linux" : "VirtualMachineScaleSets";
}

/** Leaves out paths: those with a value where they have it, those without one always. */
function without(
  value: ResourceObject,
  path: string,
  dropped: ReadonlyMap<string, ResourceValue | undefined>,
): ResourceObject {
  const entries = Object.entries(value).flatMap(([name, entry]): readonly [string, ResourceValue][] => {
    const below = `${path}.${name}`;
    if (dropped.has(below)) {
      const given = dropped.get(below);
      if (given === undefined || given === entry) return [];
    }
    return [[name, withoutBelow(entry, below, dropped)]];
  });
  return Object.fromEntries(entries);
}

function withoutBelow(
  value: ResourceValue,
  path: string,
  dropped: ReadonlyMap<string, ResourceValue | undefined>,
): ResourceValue {
  if (isResourceList(value)) return value.map((item) => withoutBelow(item, `${path}[]`, dropped));
  return isPlainObject(value) ? without(value, path, dropped) : value;
}
