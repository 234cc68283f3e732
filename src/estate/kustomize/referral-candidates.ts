import { isClusterScoped } from "./cluster-scope.ts";
import { fieldOf, textOf } from "./field-node.ts";
import { currentId, namespaceOf, originalId, previousIdsOf, type Resource, typeOf } from "./resource.ts";
import { isSelectedType, type ResourceType, type TypeSelector } from "./resource-type.ts";

/** What is looked for: a name in a field of some resource. */
export interface Referral {
  readonly referrer: Resource;
  readonly name: string;
  /** Namespace that stands beside the name, if any. */
  readonly namespace: string | undefined;
  /** Type that the field refers to. */
  readonly target: TypeSelector;
  readonly path: string;
}

/** Finds the resources that names in other resources stand for. */
export class ReferralIndex {
  readonly #renamed = new Map<string, Resource[]>();
  readonly #byOriginalNamespace = new Map<string, Resource[]>();
  readonly #renamedTypes = new Map<string, ResourceType>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      for (const name of new Set(resource.previousIds.map((previous) => previous.name))) {
        addTo(this.#renamed, name, resource);
      }
      for (const { group, version, kind } of previousIdsOf(resource)) {
        this.#renamedTypes.set(`${group}/${version} ${kind}`, { group, version, kind });
      }
      addTo(this.#byOriginalNamespace, originalId(resource).effectiveNamespace, resource);
    }
  }

  /** True when any resource of the type has had another name, namespace or kind. */
  hasRenamed(target: TypeSelector): boolean {
    return this.#renamedTypes.values().some((type) => isSelectedType(type, target));
  }

  /** The resources that had the name and type; more than one only when nothing tells them apart. */
  find(referral: Referral): readonly Resource[] {
    const { referrer, name, namespace, target, path } = referral;
    const named = this.#renamed.get(name);
    if (named === undefined) return [];
    const isCandidate = candidatesOf(referrer);
    const isInNamespace = namespace === undefined ? () => true : this.#inNamespace(namespace, isCandidate);
    const role = path.endsWith("roleRef/name") ? roleTypeOf(referrer) : undefined;
    const found = named.filter(
      (candidate) =>
        isCandidate(candidate) &&
        isInNamespace(candidate) &&
        wasSelected(candidate, target) &&
        (role === undefined || wasSelected(candidate, role)) &&
        isReachable(referrer, candidate),
    );
    return found.length === 1 ? found : sameAffixes(referrer, found);
  }

  /** A namespace means the one that resources were read with or, when none was, the one they have now. */
  #inNamespace(namespace: string, isCandidate: (resource: Resource) => boolean): (resource: Resource) => boolean {
    const original = this.#byOriginalNamespace.get(namespace)?.some(isCandidate) ?? false;
    const idOf = original ? originalId : currentId;
    return (resource) => idOf(resource).effectiveNamespace === namespace;
  }
}

function addTo(groups: Map<string, Resource[]>, key: string, resource: Resource): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [resource]);
  else group.push(resource);
}

/** What a resource can refer to by name: its namespace, cluster-scoped resources, and subjects of a RoleBinding. */
function candidatesOf(referrer: Resource): (candidate: Resource) => boolean {
  const id = currentId(referrer);
  if (isClusterScoped(id)) return () => true;
  const subjects = subjectNamespaces(referrer);
  return (candidate) => {
    const other = currentId(candidate);
    if (isClusterScoped(other) || other.effectiveNamespace === id.effectiveNamespace) return true;
    return subjects.has(namespaceOf(candidate));
  };
}

function wasSelected(resource: Resource, target: TypeSelector): boolean {
  return previousIdsOf(resource).some((previous) => isSelectedType(previous, target));
}

function isReachable(referrer: Resource, candidate: Resource): boolean {
  const from = currentId(referrer);
  const to = currentId(candidate);
  if (isClusterScoped(from) || isClusterScoped(to) || to.kind === "ServiceAccount") return true;
  return from.effectiveNamespace === to.effectiveNamespace;
}

function sameAffixes(referrer: Resource, candidates: readonly Resource[]): readonly Resource[] {
  const similar = candidates.filter(
    (candidate) =>
      endsAlike(referrer.prefixes, candidate.prefixes, true) && endsAlike(referrer.suffixes, candidate.suffixes, true),
  );
  if (similar.length <= 1) return similar;
  return similar.filter(
    (candidate) =>
      endsAlike(referrer.prefixes, candidate.prefixes, false) &&
      endsAlike(referrer.suffixes, candidate.suffixes, false),
  );
}

/** True when the shorter list is the end of the longer one; an empty list only of an empty one unless `emptyMatches`. */
function endsAlike(one: readonly string[], other: readonly string[], emptyMatches: boolean): boolean {
  if (one.length === 0 || other.length === 0) return emptyMatches || one.length === other.length;
  const length = Math.min(one.length, other.length);
  return one.slice(-length).every((text, index) => text === other.slice(-length)[index]);
}

/** Namespaces of the ServiceAccounts that a RoleBinding names. */
function subjectNamespaces(referrer: Resource): ReadonlySet<string> {
  const namespaces = new Set<string>();
  const subjects = referrer.root.fields.get("subjects");
  if (typeOf(referrer).kind !== "RoleBinding" || subjects?.kind !== "list") return namespaces;
  for (const subject of subjects.items) {
    if (textOf(fieldOf(subject, "kind")) !== "ServiceAccount") continue;
    const namespace = textOf(fieldOf(subject, "namespace"));
    if (namespace !== "") namespaces.add(namespace);
  }
  return namespaces;
}

/** The type that a binding's `roleRef` says; undefined when it does not. */
function roleTypeOf(referrer: Resource): TypeSelector | undefined {
  const roleRef = referrer.root.fields.get("roleRef");
  const group = fieldOf(roleRef, "apiGroup");
  const kind = fieldOf(roleRef, "kind");
  return group === undefined || kind === undefined ? undefined : { group: textOf(group), kind: textOf(kind) };
}
