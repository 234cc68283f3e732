import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import { sourceDirectory } from "../../estate/sources/source-path.ts";
import type { KustomizeFolder } from "../repository/kustomize-folders.ts";
import type { Repository } from "../repository/repository.ts";

/** Which kustomizations an object comes through, and where a patch of it reaches as far as it should and no further. */
export class KustomizeScopes {
  private readonly repository: Repository;
  private readonly placed: readonly PlacedObject[];
  private readonly leavesByFolder: ReadonlyMap<string, ReadonlySet<string>>;
  private leavesByObject: ReadonlyMap<KubernetesObject, string> | undefined;

  constructor(repository: Repository, placed: readonly PlacedObject[]) {
    this.repository = repository;
    this.placed = placed;
    this.leavesByFolder = leavesByFolder(repository);
  }

  folder(directory: string): KustomizeFolder | undefined {
    return this.repository.folders.find((folder) => folder.directory === directory);
  }

  /** The folder whose kustomization lists the file among its resources. */
  folderListing(file: string): KustomizeFolder | undefined {
    return this.repository.folders.find(({ files }) => files.includes(file));
  }

  /** The folder that was built for the object; undefined where no kustomization gives it. */
  leafOf(object: KubernetesObject): string | undefined {
    this.leavesByObject ??= this.matchLeaves();
    return this.leavesByObject.get(object);
  }

  /**
   * Folders that together reach exactly these leaves, for an object that stands in `source`: one that several overlays
   * share (a component, say) before one each.
   */
  foldersReaching(leaves: ReadonlySet<string>, source: string): readonly KustomizeFolder[] | undefined {
    const home = sourceDirectory(source);
    const holdsObject = (folder: KustomizeFolder): boolean =>
      folder.kind === "Component" || this.reaches(folder.directory, home, new Set());
    const candidates = this.repository.folders
      .map((folder) => ({ folder, reached: this.leavesByFolder.get(folder.directory) ?? new Set<string>() }))
      .filter(({ folder, reached }) => reached.size > 0 && isWithin(reached, leaves) && holdsObject(folder))
      .toSorted(
        (left, right) =>
          right.reached.size - left.reached.size ||
          commonSegments(right.folder.directory, home) - commonSegments(left.folder.directory, home),
      );
    const chosen: KustomizeFolder[] = [];
    const open = new Set(leaves);
    for (const { folder, reached } of candidates) {
      if (!isWithin(reached, open)) continue;
      chosen.push(folder);
      for (const leaf of reached) open.delete(leaf);
    }
    return open.size === 0 ? chosen : undefined;
  }

  private reaches(directory: string, home: string, seen: Set<string>): boolean {
    if (directory === home) return true;
    if (seen.has(directory)) return false;
    seen.add(directory);
    return this.folder(directory)?.uses.some((next) => this.reaches(next, home, seen)) ?? false;
  }

  /** An overlay's name mostly holds that of its environment: that decides between builds that are the same. */
  private matchLeaves(): ReadonlyMap<KubernetesObject, string> {
    const built = new Map<string, { readonly directory: string; readonly object: KubernetesObject }[]>();
    for (const { directory, objects } of this.repository.builds) {
      for (const object of objects) {
        const key = identity(object);
        const known = built.get(key);
        if (known === undefined) built.set(key, [{ directory, object }]);
        else known.push({ directory, object });
      }
    }
    const leaves = new Map<KubernetesObject, string>();
    for (const { object, environment } of this.placed) {
      const same = (built.get(identity(object)) ?? []).filter((each) => equalValues(each.object.value, object.value));
      const own = same.find(({ directory }) => directory.split("/").includes(environment)) ?? same[0];
      if (own !== undefined && !leaves.has(object)) leaves.set(object, own.directory);
    }
    return leaves;
  }
}

function identity(object: KubernetesObject): string {
  const { apiVersion, kind, namespace, name } = object;
  return [apiVersion, kind, namespace ?? "", name, formatPlace(object.locate([]))].join("\n");
}

function leavesByFolder({ folders }: Repository): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Set(folders.flatMap(({ uses }) => uses));
  const byDirectory = new Map(folders.map((folder) => [folder.directory, folder]));
  const leaves = new Map<string, Set<string>>();
  for (const { directory, kind } of folders) {
    if (kind === "Component" || used.has(directory)) continue;
    const pending = [directory];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const known = leaves.get(next) ?? new Set<string>();
      if (known.has(directory)) continue;
      known.add(directory);
      leaves.set(next, known);
      pending.push(...(byDirectory.get(next)?.uses ?? []));
    }
  }
  return leaves;
}

function commonSegments(left: string, right: string): number {
  const others = right.split("/");
  const segments = left.split("/");
  const first = segments.findIndex((segment, index) => segment !== others[index]);
  return first === -1 ? segments.length : first;
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((member) => whole.has(member));
}
