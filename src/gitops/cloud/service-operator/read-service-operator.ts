import { type ServiceOperatorKind, serviceOperatorKindOf } from "../../../catalog/service-operator-kinds.ts";
import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { objectKeyOf } from "../../delivery/object-key.ts";
import { hasFlatElements, withNestedElements } from "../graph/nested-properties.ts";
import type {
  CloudResource,
  ResourceGraph,
  ResourceIdentity,
  ResourceKey,
  ResourceValue,
} from "../graph/resource-graph.ts";
import { isReference, resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { exportByKey } from "./exported-facts.ts";
import { PARAMETERS, SUBSCRIPTION } from "./operator-object.ts";
import { armFields, armValue, type FieldReading, withoutChoices } from "./read-operator-fields.ts";

export interface ReadOperatorObjects {
  readonly graph: ResourceGraph;
  readonly problems: readonly string[];
}

/** An object of the operator with what says where its resource is. */
interface KnownObject {
  readonly namespace: string;
  readonly name: string;
  readonly kind: ServiceOperatorKind;
  readonly spec: JsonObject;
}

const envelope = ["sku", "identity", "kind", "zones"] as const;
const agentPools = "Microsoft.ContainerService/managedClusters/agentPools";

/**
 * The resource graph of objects of Azure Service Operator, with the kustomizations whose replacements hold the user's
 * parameters. Parts are not known from objects, and are empty.
 */
export function readServiceOperator(documents: readonly JsonObject[]): ReadOperatorObjects {
  const reader = new OperatorReader(documents);
  return { graph: { resources: reader.resources() }, problems: reader.problems };
}

class OperatorReader {
  readonly problems: string[] = [];
  readonly #objects = new Map<string, KnownObject>();
  readonly #subscriptions = new Map<string, string>();
  readonly #facts = new Map<string, { readonly object: KnownObject; readonly fact: string }>();
  readonly #keys = new Map<KnownObject, ResourceKey | undefined>();

  constructor(documents: readonly JsonObject[]) {
    for (const document of documents) this.#take(document);
    for (const document of documents) if (document["kind"] === "Kustomization") this.#putParameters(document);
    for (const object of this.#objects.values()) {
      const maps = asObject(asObject(object.spec["operatorSpec"])["configMaps"]);
      for (const [fact, target] of Object.entries(maps)) {
        const { name, key } = asObject(target);
        this.#facts.set(`${object.namespace}/${String(name)}/${String(key)}`, { object, fact });
      }
    }
  }

  resources(): readonly CloudResource[] {
    return [...this.#objects.values()]
      .flatMap((object) => this.#resourcesOf(object))
      .sort((left, right) => (left.key < right.key ? -1 : 1));
  }

  #take(document: JsonObject): void {
    const { group, kind, namespace = "default", name } = objectKeyOf(document);
    if (group === "" && kind === "Namespace") {
      const annotations = asObject(asObject(document["metadata"])["annotations"]);
      this.#subscriptions.set(name, asText(annotations[SUBSCRIPTION]) ?? name);
      return;
    }
    const operatorKind = serviceOperatorKindOf(group, kind);
    if (operatorKind === undefined) return;
    const object = { namespace, name, kind: operatorKind, spec: asObject(document["spec"]) };
    this.#objects.set(`${namespace}/${group}/${kind}/${name}`, object);
  }

  #putParameters(document: JsonObject): void {
    for (const replacement of asList(document["replacements"]).map(asObject)) {
      const source = asObject(replacement["source"]);
      if (source["name"] !== PARAMETERS) continue;
      const parameter = String(source["fieldPath"]).replace(/^data\./, "");
      for (const target of asList(replacement["targets"]).map(asObject)) {
        const { group, kind, name, namespace } = asObject(target["select"]);
        const id = `${String(namespace)}/${String(group)}/${String(kind)}/${String(name)}`;
        const object = this.#objects.get(id);
        if (object === undefined) {
          this.problems.push(`the parameter ${parameter} is for ${String(kind)}/${String(name)}, which is not there`);
          continue;
        }
        const spec = asList(target["fieldPaths"]).reduce<unknown>(
          (value, path) => withParameter(value, stepsOf(String(path)).slice(1), parameter),
          object.spec,
        );
        this.#objects.set(id, { ...object, spec: asObject(spec) });
      }
    }
  }

  #resourcesOf(object: KnownObject): readonly CloudResource[] {
    const key = this.#keyOf(object);
    if (key === undefined) {
      this.problems.push(`${object.kind.kind}/${object.name} has no owner that is there`);
      return [];
    }
    const { kind, spec, namespace } = object;
    const reading = this.#readingIn(namespace);
    const { parent, resourceGroup } = this.#aboveOf(object);
    const isEnvelope = (name: string) => envelope.some((each) => each === name) && !kind.inProperties.includes(name);
    const { azureName: _, owner: __, location, tags, operatorSpec: ___, agentPoolProfiles, ...fields } = spec;
    const own = Object.entries(fields).filter(([name]) => !isEnvelope(name));
    const flat = armFields(kind.keepsProperties ? asObject(fields.properties) : Object.fromEntries(own), reading);
    const nested = hasFlatElements(kind.armType) ? withNestedElements(flat) : flat;
    const properties = withoutChoices(nested, kind.armType);
    const resource: CloudResource = {
      key,
      type: kind.armType,
      name: azureNameOf(object),
      parent,
      resourceGroup,
      subscription: this.#subscriptionOf(namespace),
      part: "",
      location: asText(location),
      ...envelopeOf(Object.fromEntries(Object.entries(fields).filter(([name]) => isEnvelope(name))), reading),
      ...(isJsonObject(tags) ? { tags: tags as { readonly [name: string]: string } } : {}),
      properties,
      tells: "",
    };
    return [resource, ...asList(agentPoolProfiles).map((pool) => this.#inlinePool(resource, asObject(pool), reading))];
  }

  #inlinePool(cluster: CloudResource, { name, ...fields }: JsonObject, reading: FieldReading): CloudResource {
    const place = { type: agentPools, name: String(name), subscription: cluster.subscription };
    return {
      ...place,
      key: resourceKey({ ...place, parent: cluster }),
      parent: cluster.key,
      resourceGroup: undefined,
      part: "",
      location: undefined,
      properties: armFields(fields, reading),
      tells: "",
    };
  }

  #keyOf(object: KnownObject): ResourceKey | undefined {
    if (this.#keys.has(object)) return this.#keys.get(object);
    // Found again while it is looked for: objects that own each other have no place.
    this.#keys.set(object, undefined);
    const { kind, namespace } = object;
    const above = this.#ownerOf(object);
    const aboveKey = above === undefined ? undefined : this.#keyOf(above);
    const isGroup = kind.armType === resourceGroupType;
    if (!isGroup && (above === undefined || aboveKey === undefined)) return undefined;
    const inGroup = above?.kind.armType === resourceGroupType;
    const key = resourceKey({
      type: kind.armType,
      name: azureNameOf(object),
      subscription: this.#subscriptionOf(namespace),
      ...(inGroup ? { resourceGroup: aboveKey } : {}),
      ...(above === undefined || aboveKey === undefined || inGroup
        ? {}
        : { parent: { key: aboveKey, type: above.kind.armType } }),
    });
    this.#keys.set(object, key);
    return key;
  }

  #aboveOf(object: KnownObject): Pick<CloudResource, "parent" | "resourceGroup"> {
    const above = this.#ownerOf(object);
    const key = above === undefined ? undefined : this.#keyOf(above);
    return above?.kind.armType === resourceGroupType
      ? { parent: undefined, resourceGroup: key }
      : { parent: key, resourceGroup: undefined };
  }

  /** The object that owns it: by group and kind for an extension, otherwise of the type that its own is below. */
  #ownerOf({ spec, kind, namespace }: KnownObject): KnownObject | undefined {
    const { group, kind: ownerKind, name } = asObject(spec["owner"]);
    if (typeof group === "string")
      return this.#objects.get(`${namespace}/${group}/${String(ownerKind)}/${String(name)}`);
    const segments = kind.armType.split("/");
    const parentType = segments.length > 2 ? segments.slice(0, -1).join("/") : resourceGroupType;
    return [...this.#objects.values()].find(
      (other) => other.namespace === namespace && other.kind.armType === parentType && other.name === name,
    );
  }

  #readingIn(namespace: string): FieldReading {
    return {
      keyOf: (group, kind, name) => {
        const object = this.#objects.get(`${namespace}/${group}/${kind}/${name}`);
        return object === undefined ? undefined : this.#keyOf(object);
      },
      factOf: (configMap, key) => {
        const found = this.#facts.get(`${namespace}/${configMap}/${key}`);
        const $ref = found === undefined ? undefined : this.#keyOf(found.object);
        const output = found === undefined ? undefined : exportByKey(found.object.kind.armType, found.fact)?.output;
        return $ref === undefined || output === undefined ? undefined : { $ref, output };
      },
      problems: this.problems,
    };
  }

  #subscriptionOf(namespace: string): string {
    return this.#subscriptions.get(namespace) ?? namespace;
  }
}

/** Of a type of which there is one, which the operator does not let be named. */
const onlyName: { readonly [armType: string]: string } = {
  "Microsoft.Storage/storageAccounts/blobServices": "default",
};

function azureNameOf({ spec, name, kind }: KnownObject): string {
  return asText(spec["azureName"]) ?? onlyName[kind.armType] ?? name;
}

function envelopeOf(
  fields: JsonObject,
  reading: FieldReading,
): Pick<CloudResource, "sku" | "kind" | "zones" | "identity"> {
  const { sku, kind, zones, identity } = fields;
  return {
    ...(typeof kind === "string" ? { kind } : {}),
    ...(isJsonObject(sku) ? { sku: armFields(sku, reading) } : {}),
    ...(isJsonObject(identity) ? { identity: identityOf(identity, reading) } : {}),
    ...(Array.isArray(zones) ? { zones: zones.map(String) } : {}),
  };
}

function identityOf(identity: JsonObject, reading: FieldReading): ResourceIdentity {
  const listed = asList(identity["userAssignedIdentities"]).map((entry) => armValue(entry, reading));
  const references = listed.flatMap((entry: ResourceValue) => {
    const id = (entry as { readonly id?: unknown } | null)?.id;
    return isReference(id) ? [id] : [];
  });
  return {
    type: String(identity["type"]),
    ...(references.length === 0 ? {} : { userAssignedIdentities: references }),
  };
}

function stepsOf(path: string): readonly string[] {
  return path.split(/(?<!\\)\./).map((step) => step.replaceAll(String.raw`\.`, "."));
}

function withParameter(value: unknown, [step, ...rest]: readonly string[], parameter: string): unknown {
  if (step === undefined) return { $parameter: parameter };
  if (Array.isArray(value)) {
    return value.map((element, index) => (index === Number(step) ? withParameter(element, rest, parameter) : element));
  }
  const map = asObject(value);
  return { ...map, [step]: withParameter(map[step], rest, parameter) };
}
