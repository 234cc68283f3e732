import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";

/** One source of a CustomResourceDefinition on a cluster. */
interface CrdSource {
  /** `application shop`, `component cert-manager 1.18.2`, or the file that it comes from. */
  readonly source: string;
  readonly tenant: string;
  /** Undefined where only the name is declared: what it serves is then not known. */
  readonly served: readonly string[] | undefined;
  readonly stored: string | undefined;
  /** Absent for what a component brings. */
  readonly place?: Place;
}

/** A CustomResourceDefinition of one cluster, which has one of that name for all tenants. */
export interface SharedCrd {
  readonly name: string;
  readonly sources: readonly CrdSource[];
  /** Tenants with resources of it; sorted. */
  readonly users: readonly string[];
  /** In what its sources differ, as a clause; undefined where they agree or there is one. */
  readonly conflict: string | undefined;
}

interface SourcedCrd extends CrdSource {
  readonly definition: PlacedObject | undefined;
}

/** CRDs of a cluster by name, from its components, its manifests and what gave way to another of the same name. */
export function shippedCrds(estate: Estate, cluster: Cluster): readonly SharedCrd[] {
  const sources = new Map<string, SourcedCrd[]>();
  const add = (name: string, source: SourcedCrd) => {
    const known = sources.get(name) ?? [];
    if (!known.some((each) => each.source === source.source && each.definition === source.definition)) {
      sources.set(name, [...known, source]);
    }
  };
  for (const component of cluster.components) {
    const source = `component ${component.name}${component.version === undefined ? "" : ` ${component.version}`}`;
    for (const name of component.crds) {
      add(name, { source, tenant: "platform", served: undefined, stored: undefined, definition: undefined });
    }
  }
  const objects = [...estate.objects, ...(estate.overwritten ?? [])].filter(
    (placed) => placed.cluster === cluster.name,
  );
  for (const placed of objects) {
    if (placed.object.kind === "CustomResourceDefinition") add(placed.object.name, readDefinition(placed));
  }
  const users = usersByGroupKind(objects);
  return [...sources]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, given]) => ({
      name,
      sources: onePerSource(given).map(withoutDefinition),
      users: [...(users.get(kindOf(given)) ?? [])].toSorted(),
      conflict: conflictOf(onePerSource(given)),
    }));
}

function withoutDefinition({ source, tenant, served, stored, place }: SourcedCrd): CrdSource {
  return { source, tenant, served, stored, ...(place === undefined ? {} : { place }) };
}

function readDefinition(placed: PlacedObject): SourcedCrd {
  const { object, application, tenant } = placed;
  const versions = asList(asObject(object.value.spec).versions).map(asObject);
  const place = object.locate([]);
  return {
    source: application === undefined ? place.source : `application ${application}`,
    tenant,
    served: versions.filter(({ served }) => served === true).flatMap(({ name }) => asText(name) ?? []),
    stored: versions.flatMap(({ storage, name }) => (storage === true ? (asText(name) ?? []) : []))[0],
    place,
    definition: placed,
  };
}

/** The same source in several environments of one cluster is one source, unless its definitions differ. */
function onePerSource(given: readonly SourcedCrd[]): readonly SourcedCrd[] {
  const byKey = new Map(given.map((each) => [`${each.source}\n${specOf(each)}`, each]));
  return [...byKey.values()];
}

function specOf({ definition }: SourcedCrd): string {
  return definition === undefined ? "" : JSON.stringify(definition.object.value.spec ?? null);
}

function kindOf(given: readonly SourcedCrd[]): string {
  const spec = asObject(given.find(({ definition }) => definition !== undefined)?.definition?.object.value.spec);
  return `${asText(asObject(spec.names).kind) ?? ""}.${asText(spec.group) ?? ""}`;
}

function usersByGroupKind(objects: readonly PlacedObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const { object, tenant } of objects) {
    const group = object.apiVersion.split("/").slice(0, -1).join("/");
    if (group === "") continue;
    const key = `${object.kind}.${group}`;
    const known = users.get(key);
    if (known === undefined) users.set(key, new Set([tenant]));
    else known.add(tenant);
  }
  return users;
}

/** What differs first: stored version, served versions, schema; two sources of one definition fight over it anyway. */
function conflictOf(given: readonly SourcedCrd[]): string | undefined {
  const [first, ...others] = given;
  if (first === undefined || others.length === 0) return undefined;
  for (const other of others) {
    const pair = `${first.source} and ${other.source}`;
    if (first.served === undefined || other.served === undefined) {
      return `${pair} both bring it, and what the component's serves is not known`;
    }
    if (first.stored !== other.stored) {
      return `${first.source} stores ${first.stored ?? "no version"}, ${other.source} ${other.stored ?? "no version"}`;
    }
    if (first.served.join() !== other.served.join()) {
      return `${first.source} serves ${first.served.join(", ")}, ${other.source} ${other.served.join(", ")}`;
    }
    if (specOf(first) !== specOf(other)) return `${pair} give it different schemas`;
  }
  return `${given.map(({ source }) => source).join(" and ")} ship it alike; whichever is upgraded first decides for all`;
}
