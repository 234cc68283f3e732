import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { duplicateObject } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import { formatPlace } from "../sources/place.ts";
import { equalValues } from "./equal-values.ts";
import { groupKind } from "./group-kind.ts";

/** A namespace on one cluster in one environment: what names and selectors are resolved in. */
export interface NamespaceScope {
  readonly environment: string;
  readonly cluster: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
}

/** `environment/cluster/namespace`: key of a scope. Names hold no slash, so no two scopes share a key. */
export function scopeKey({ environment, cluster, namespace }: NamespaceScope): string {
  return namespace === undefined ? `${environment}/${cluster}` : `${environment}/${cluster}/${namespace}`;
}

/** `environment/cluster/namespace/Kind/name`; without the namespace for cluster-scoped objects. */
export function objectId(placed: PlacedObject): string {
  return `${scopeKey(placed)}/${placed.object.kind}/${placed.object.name}`;
}

/** Objects by kind and by identity. Of an object that is given twice, the last one counts. */
export interface ObjectIndex {
  /** In the order given, each identity once. */
  readonly objects: readonly PlacedObject[];
  /** All objects of the named kinds (`Kind.group`), in the order given. */
  ofKind(...kinds: readonly string[]): readonly PlacedObject[];
  /** The object of a kind (`Kind.group`) by name in a scope. */
  find(scope: NamespaceScope, kind: string, name: string): PlacedObject | undefined;
}

interface ObjectIndexing {
  readonly index: ObjectIndex;
  readonly diagnostics: readonly Diagnostic[];
}

const indexings = new WeakMap<readonly PlacedObject[], ObjectIndexing>();

/** Indexes objects in one pass, once for one list, and reports what is given twice. */
export function indexObjects(placed: readonly PlacedObject[]): ObjectIndexing {
  const known = indexings.get(placed);
  if (known !== undefined) return known;
  const indexing = buildIndex(placed);
  indexings.set(placed, indexing);
  return indexing;
}

function buildIndex(placed: readonly PlacedObject[]): ObjectIndexing {
  const byIdentity = new Map<string, PlacedObject>();
  const diagnostics: Diagnostic[] = [];
  for (const candidate of placed) {
    const key = identity(candidate, groupKind(candidate.object), candidate.object.name);
    const first = byIdentity.get(key);
    if (first !== undefined && first.object !== candidate.object) diagnostics.push(reportDuplicate(first, candidate));
    byIdentity.set(key, candidate);
  }
  const objects = [...byIdentity.values()];
  const byKind = Map.groupBy(objects, ({ object }) => groupKind(object));
  const index: ObjectIndex = {
    objects,
    ofKind: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
    find: (scope, kind, name) => byIdentity.get(identity(scope, kind, name)),
  };
  return { index, diagnostics };
}

function identity(scope: NamespaceScope, kind: string, name: string): string {
  return `${scopeKey(scope)}//${kind}/${name}`;
}

function reportDuplicate(first: PlacedObject, last: PlacedObject): Diagnostic {
  const same = equalValues(first.object.value, last.object.value);
  const parameters = { object: objectId(last), first: formatPlace(first.object.locate([])), same };
  return diagnose(duplicateObject, parameters, { place: last.object.locate([]) });
}
