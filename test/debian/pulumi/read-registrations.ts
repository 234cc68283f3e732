import { pulumiClassNamed } from "../../../src/catalog/pulumi-classes.ts";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import { hasFlatElements, withNestedElements } from "../../../src/gitops/cloud/graph/nested-properties.ts";
import type { CloudResource, ResourceKey, ResourceValue } from "../../../src/gitops/cloud/graph/resource-graph.ts";
import { parameterName, resourceGroupType, resourceKey } from "../../../src/gitops/cloud/graph/resource-value.ts";

/** What a program under mocks registers. */
export interface Registration {
  /** Such as `azure-native:containerservice:ManagedCluster`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: JsonObject;
  readonly provider: string;
}

const envelope = ["location", "kind", "sku", "identity", "zones", "tags"] as const;
const places = new Set([
  "resourceGroupName",
  "scope",
  "resourceUri",
  "clusterRp",
  "clusterResourceName",
  "clusterName",
]);
const marked = /\u27e6(\d+)\|([^\u27e7]*)\u27e7/g;

/** Resources of a program's registrations; a parameter is a text `parameter:NAME`, as the configuration gives it. */
export function readRegistrations(registrations: readonly Registration[]): readonly CloudResource[] {
  const keys = new Map<number, ResourceKey>();
  const keyOf = (index: number): ResourceKey => {
    const known = keys.get(index);
    if (known !== undefined) return known;
    const key = placeOf(index).key;
    keys.set(index, key);
    return key;
  };
  const typeAt = (index: number) => armTypeOf(registrations[index]);
  const indexIn = (text: unknown) => Number([...String(text).matchAll(marked)][0]?.[1]);

  function placeOf(index: number) {
    const { inputs = {}, provider = "" } = registrations[index] ?? {};
    const of = classOf(registrations[index]);
    const subscription = provider.split("::").at(-2) ?? "";
    const type = of?.armType ?? "";
    const own = { type, name: nameFrom(inputs[of?.nameArgument ?? ""]), subscription };
    const above = aboveOf(index);
    const isInGroup = above !== undefined && typeAt(above) === resourceGroupType;
    const parent = above === undefined || isInGroup ? undefined : { key: keyOf(above), type: typeAt(above) };
    const resourceGroup = above !== undefined && isInGroup ? keyOf(above) : undefined;
    return { ...own, parent: parent?.key, resourceGroup, key: resourceKey({ ...own, parent, resourceGroup }) };
  }

  /** Position of what it is in or on. */
  function aboveOf(index: number): number | undefined {
    const registration = registrations[index];
    const of = classOf(registration);
    if (registration === undefined || of === undefined || of.armType === resourceGroupType) return undefined;
    const { inputs } = registration;
    if (of.scope === "scope" || of.scope === "resourceUri") return indexIn(inputs[of.scope]);
    if (of.scope === "cluster") return indexIn(inputs["clusterName"]);
    const nearest = of.parentArguments.at(-1);
    if (nearest === undefined) return indexIn(inputs["resourceGroupName"]);
    const named = indexIn(inputs[nearest]);
    const parentType = of.armType.split("/").slice(0, -1).join("/");
    if (typeAt(named) === parentType) return named;
    // Something of which there is one stands between them, such as the blob service of an account.
    return registrations.findIndex((_, other) => typeAt(other) === parentType && aboveOf(other) === named);
  }

  function armValueOf(value: unknown): ResourceValue {
    if (Array.isArray(value)) return value.map(armValueOf);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, armValueOf(entry)]));
    }
    if (typeof value !== "string") return value as ResourceValue;
    if (value.startsWith("parameter:")) return { $parameter: value.slice("parameter:".length), secure: false };
    const parts = value.split(/(\u27e6\d+\|[^\u27e7]*\u27e7)/).filter((part) => part !== "");
    const said = parts.map((part) => {
      const [match] = [...part.matchAll(marked)];
      if (match === undefined) return part;
      const $ref = keyOf(Number(match[1]));
      return match[2] === "" ? { $ref } : { $ref, output: match[2] ?? "" };
    });
    const [only] = said;
    return said.length === 1 && only !== undefined ? only : said.length === 0 ? "" : { $text: said };
  }

  return registrations.flatMap((registration, index): readonly CloudResource[] => {
    const of = classOf(registration);
    if (of === undefined) return [];
    const own = placeOf(index);
    const { agentPoolProfiles, ...inputs } = registration.inputs;
    const names = new Set<string>([of.nameArgument, ...of.parentArguments, ...places, ...envelope]);
    const rest = of.keepsProperties
      ? (inputs["properties"] as JsonObject)
      : Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.has(name)));
    const scoped = of.scope !== "scope" && inputs.scope !== undefined ? { scope: inputs.scope } : {};
    const said = { ...(armValueOf({ ...rest, ...scoped }) as { readonly [name: string]: ResourceValue }) };
    const outer = Object.fromEntries(
      envelope.flatMap((name) => (inputs[name] === undefined ? [] : [[name, armValueOf(inputs[name])]])),
    );
    const resource = {
      ...own,
      ...outer,
      part: "",
      location: inputs["location"],
      properties: armNames(of.armType, said),
      tells: "",
    };
    const pools = Array.isArray(agentPoolProfiles) ? agentPoolProfiles : [];
    return [resource as CloudResource, ...pools.map((pool) => inlinePool(resource as CloudResource, armValueOf(pool)))];
  });
}

function inlinePool(cluster: CloudResource, pool: ResourceValue): CloudResource {
  const { name, ...properties } = pool as { readonly [name: string]: ResourceValue };
  const own = {
    type: `${cluster.type}/agentPools`,
    name: typeof name === "string" ? name : "",
    subscription: cluster.subscription,
  };
  const place = { parent: cluster.key, resourceGroup: undefined, key: resourceKey({ ...own, parent: cluster }) };
  return { ...own, ...place, part: "", location: undefined, properties, tells: "" };
}

/** ARM's names for the provider's. */
function armNames(
  type: string,
  properties: { readonly [name: string]: ResourceValue },
): { readonly [name: string]: ResourceValue } {
  const renamed = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      if (key === "enableHttpsTrafficOnly") return ["supportsHttpsTrafficOnly", value];
      if (key !== "autoScalerProfile" && key !== "redisConfiguration") return [key, value];
      const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return [key, Object.fromEntries(Object.entries(value as object).map(([name, each]) => [kebab(name), each]))];
    }),
  );
  return hasFlatElements(type) ? withNestedElements(renamed) : renamed;
}

function classOf(registration: Registration | undefined) {
  const [, module = "", name = ""] = (registration?.type ?? "").split(":");
  return pulumiClassNamed(`${module.split("/")[0]}.${name}`);
}

function armTypeOf(registration: Registration | undefined): string {
  return classOf(registration)?.armType ?? "";
}

/** `parameter:NAME` is a name that the configuration gives. */
function nameFrom(given: unknown): string {
  const text = String(given);
  const [, $parameter] = /^parameter:(\w+)$/.exec(text) ?? [];
  return $parameter === undefined ? text : parameterName({ $parameter, secure: false });
}
