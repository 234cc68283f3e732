import { currentId, previousIdsOf, type Resource } from "./resource.ts";
import { idKey, type ResourceId, sameId } from "./resource-id.ts";

/** The resources of a build, in the order they were read. No two have the same current id when they are added. */
export class ResourceSet {
  list: Resource[] = [];
  #byId: Map<string, Resource> | undefined;

  /** Adds what is new; returns each resource whose id is already there, with the one that has it. */
  append(added: readonly Resource[]): { readonly resource: Resource; readonly existing: Resource }[] {
    this.#byId ??= new Map(this.list.map((resource) => [idKey(currentId(resource)), resource]));
    const known = this.#byId;
    const duplicates: { readonly resource: Resource; readonly existing: Resource }[] = [];
    for (const resource of added) {
      const key = idKey(currentId(resource));
      const existing = known.get(key);
      if (existing !== undefined) {
        duplicates.push({ resource, existing });
        continue;
      }
      known.set(key, resource);
      this.list.push(resource);
    }
    return duplicates;
  }

  /** To be called before anything changes names, namespaces or types. */
  forgetIds(): void {
    this.#byId = undefined;
  }

  remove(removed: Resource): void {
    this.forgetIds();
    this.list = this.list.filter((resource) => resource !== removed);
  }

  replace(old: Resource, next: Resource): void {
    this.forgetIds();
    const index = this.list.indexOf(old);
    if (index !== -1) this.list[index] = next;
  }

  /** Resources that have the id, or had it before. */
  findByAnyId(id: ResourceId): readonly Resource[] {
    return this.list.filter((resource) => hasOrHadId(resource, id));
  }
}

function hasOrHadId(resource: Resource, id: ResourceId): boolean {
  const had = resource.previousIds.some(({ name, kind }) => name === id.name && kind === id.kind);
  if (had && previousIdsOf(resource).some((previous) => sameId(previous, id))) return true;
  return sameId(currentId(resource), id);
}
