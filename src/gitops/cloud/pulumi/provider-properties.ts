import { pulumiClass } from "../../../catalog/pulumi-classes.ts";
import { hasFlatElements, withFlatElements } from "../graph/nested-properties.ts";
import type { CloudResource, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList, type ResourceObject } from "../graph/resource-value.ts";

/** Names that the provider has for properties of ARM, by type. */
const renamed: { readonly [type: string]: { readonly [property: string]: string } } = {
  "Microsoft.Storage/storageAccounts": { supportsHttpsTrafficOnly: "enableHttpsTrafficOnly" },
};

/** What the provider only reads, by the field that it is in: the tag of a retention rule is known by its name. */
const onlyRead: ReadonlySet<string> = new Set(["tagInfo.id"]);

/** Properties of ARM whose fields are in kebab-case. */
const kebabCased: ReadonlySet<string> = new Set(["autoScalerProfile", "redisConfiguration"]);

/** True for a field that the provider has among its outputs alone. */
export function isOnlyRead(within: string, field: string): boolean {
  return onlyRead.has(`${within}.${field}`);
}

/** ARM properties as arguments: called the same, but for a few, and settings in kebab-case in camelCase. */
export function providerProperties({ type, properties }: CloudResource): ResourceObject {
  const flat = hasFlatElements(type) ? withFlatElements(properties) : properties;
  const names = renamed[type] ?? {};
  const entries = Object.entries(flat).map(([key, value]): [string, ResourceValue] => {
    if (kebabCased.has(key) && isPlainObject(value)) return [key, inCamelCase(value)];
    return [names[key] ?? key, withoutOnlyRead(value, key)];
  });
  return Object.fromEntries(entries);
}

function inCamelCase(profile: ResourceObject): ResourceObject {
  return Object.fromEntries(
    Object.entries(profile).map(([key, value]) => [
      key.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function withoutOnlyRead(value: ResourceValue, name: string): ResourceValue {
  if (isResourceList(value)) return value.map((element) => withoutOnlyRead(element, name));
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !isOnlyRead(name, key));
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutOnlyRead(entry, key)]));
}

/** Types whose outputs are flat though their arguments are not. */
const flatOutputs: ReadonlySet<string> = new Set(["Microsoft.KeyVault/vaults/keys"]);

/** A reference in the program: an output of the resource's constant. */
export function referenceText(
  { $ref, output }: ResourceReference,
  known: ReadonlyMap<ResourceKey, CloudResource>,
  constants: ReadonlyMap<ResourceKey, string>,
): string {
  const constant = constants.get($ref) ?? "undefined";
  if (output === undefined) return `${constant}.id`;
  const type = known.get($ref)?.type ?? "";
  const keeps = pulumiClass(type)?.keepsProperties === true && !flatOutputs.has(type);
  const steps = output
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter((step, index) => step !== "properties" || (keeps && index === 0));
  const [first = "", ...rest] = steps;
  if (rest.length === 0) return `${constant}.${first}`;
  const path = rest.map((step) => (/^\d+$/.test(step) ? `?.[${step}]` : `?.${step}`)).join("");
  return `${constant}.${first}.apply((value) => value${path} ?? "")`;
}
