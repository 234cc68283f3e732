import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { buildKustomization } from "../../estate/kustomize/build-kustomization.ts";
import { findKustomizations } from "../../estate/kustomize/find-kustomizations.ts";
import type { PatchUse } from "../../estate/kustomize/patch-use.ts";

/** What became of one folder that is built by itself. */
export interface KustomizeBuild {
  readonly directory: string;
  readonly objects: readonly KubernetesObject[];
  /** Every patch of the folder and of what it is made of, once for each time it was applied. */
  readonly patches: readonly PatchUse[];
}

/** Builds every folder that no other refers to, as Kustomize does. */
export function readBuilds(texts: ReadonlyMap<string, string>): readonly KustomizeBuild[] {
  return findKustomizations(texts).leaves.map((directory) => {
    const { objects, patches } = buildKustomization(directory, texts);
    return { directory, objects, patches };
  });
}
