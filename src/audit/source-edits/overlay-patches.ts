import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { sourceName } from "../../estate/sources/source-path.ts";
import type { KustomizeFolder } from "../repository/kustomize-folders.ts";
import { kustomizePatch, type PatchedObject, targetOf } from "./kustomize-patch.ts";
import type { KustomizeScopes } from "./kustomize-scopes.ts";
import { documentText, type TextWorkspace } from "./text-workspace.ts";
import type { FieldWish } from "./wishes.ts";

/** A new patch file of a folder, for one object. */
interface OverlayPatch {
  readonly folder: KustomizeFolder;
  readonly object: PatchedObject;
  readonly path: string;
  readonly edits: readonly FieldWish[];
}

/** Patches that change an object in some of the overlays that render it. */
export class OverlayPatches {
  private readonly workspace: TextWorkspace;
  private readonly scopes: KustomizeScopes;
  private patches: ReadonlyMap<string, OverlayPatch> = new Map();

  constructor(workspace: TextWorkspace, scopes: KustomizeScopes) {
    this.workspace = workspace;
    this.scopes = scopes;
  }

  mark(): () => void {
    const { patches } = this;
    return () => {
      this.patches = patches;
    };
  }

  /** Plans a change of the objects, which are one and the same in several overlays. */
  add(
    object: KubernetesObject,
    siblings: readonly KubernetesObject[],
    wish: FieldWish,
  ):
    | { readonly objects: readonly KubernetesObject[]; readonly paths: readonly string[] }
    | { readonly reason: string } {
    const home = object.locate([]).source;
    for (const objects of [siblings, [object]]) {
      const leaves = new Set(objects.flatMap((each) => this.scopes.leafOf(each) ?? []));
      const folders = this.scopes.foldersReaching(leaves, home);
      if (folders === undefined) continue;
      const paths = folders.map((folder) => this.addTo(folder, object, wish));
      const problem = paths.find((path) => typeof path !== "string");
      if (problem !== undefined) return problem as { readonly reason: string };
      return { objects, paths: paths as string[] };
    }
    return { reason: "no kustomization reaches only the environments that it is for" };
  }

  private addTo(
    folder: KustomizeFolder,
    object: KubernetesObject,
    wish: FieldWish,
  ): string | { readonly reason: string } {
    const key = [folder.directory, object.apiVersion, object.kind, object.namespace ?? "", object.name].join("\n");
    const known = this.patches.get(key);
    const path =
      known?.path ??
      this.workspace.freePath(
        folder.directory,
        `${object.name}-${object.kind.toLowerCase()}-patch`,
        [...this.patches.values()].map((patch) => patch.path),
      );
    if (known === undefined) {
      const undo = this.workspace.mark();
      const problem = this.workspace.list(folder, "patches", { path: sourceName(path) });
      undo();
      if (problem !== undefined) return { reason: problem };
    }
    const edits = [...(known?.edits ?? []), wish];
    const patch = { folder, object: known?.object ?? this.patchedObject(object), path, edits };
    this.patches = new Map(this.patches).set(key, patch);
    return path;
  }

  /** The object as kustomizations find it: by the name and namespace that its own text gives it. */
  private patchedObject(object: KubernetesObject): PatchedObject {
    const { apiVersion, kind, value } = object;
    const { source, line = 0, column = 0 } = object.locate([]);
    const text = this.workspace.open(source);
    const field = text?.fieldAt(line, column, undefined);
    const metadata = asObject(asObject(field === undefined ? undefined : text?.valueAt(field)).metadata);
    const name = asText(metadata.name);
    if (name === undefined) return { apiVersion, kind, namespace: object.namespace, name: object.name, value };
    return { apiVersion, kind, namespace: asText(metadata.namespace), name, value };
  }

  /** Lists every patch in its kustomization; gives the files to make. */
  finish(): readonly { readonly path: string; readonly text: string }[] {
    return [...this.patches.values()].map(({ folder, object, path, edits }) => {
      const patch = kustomizePatch(object, edits);
      const entry = { path: sourceName(path), ...(patch.form === "json" ? { target: targetOf(object) } : {}) };
      this.workspace.list(folder, "patches", entry);
      return { path, text: documentText(patch.value, this.workspace.open(folder.file)?.text) };
    });
  }
}
