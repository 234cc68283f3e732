import type { ResourceValue } from "./resource-graph.ts";
import { isPlainObject, isResourceList, type ResourceObject } from "./resource-value.ts";

/**
 * Lists of the network provider whose elements have `properties` of their own in ARM. Custom resources of the operator
 * and the classes of Pulumi have them flat, the name and the id beside them.
 */
const lists: ReadonlySet<string> = new Set([
  "delegations",
  "ipConfigurations",
  "manualPrivateLinkServiceConnections",
  "privateDnsZoneConfigs",
  "privateLinkServiceConnections",
  "routes",
  "securityRules",
]);

const besides: ReadonlySet<string> = new Set(["id", "name", "type", "zones"]);

/** ARM properties with the elements of such lists flat. */
export function withFlatElements(properties: ResourceObject): ResourceObject {
  return eachElement(properties, (element) => {
    const { properties: nested, ...rest } = element;
    return isPlainObject(nested) ? { ...rest, ...nested } : element;
  });
}

/** The way back. */
export function withNestedElements(properties: ResourceObject): ResourceObject {
  return eachElement(properties, (element) => {
    const entries = Object.entries(element);
    const nested = entries.filter(([key]) => !besides.has(key));
    const rest = Object.fromEntries(entries.filter(([key]) => besides.has(key)));
    return { ...rest, ...(nested.length === 0 ? {} : { properties: Object.fromEntries(nested) }) };
  });
}

/** True where the elements of the type's lists are flat. */
export function hasFlatElements(type: string): boolean {
  return type.startsWith("Microsoft.Network/");
}

function eachElement(properties: ResourceObject, change: (element: ResourceObject) => ResourceObject): ResourceObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]): [string, ResourceValue] => [
      key,
      lists.has(key) && isResourceList(value)
        ? value.map((element) => (isPlainObject(element) ? change(element) : element))
        : value,
    ]),
  );
}
