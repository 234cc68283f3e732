import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PatchAxis } from "../delivery/delivery-unit.ts";
import { objectKeyOf } from "../delivery/object-key.ts";
import type { FactoredUnit, Variation } from "../factoring/factored-unit.ts";
import { variationsAt } from "../factoring/leaf-objects.ts";
import type { Packaging } from "../packaging.ts";
import { leafFolder } from "../repository/leaf-folder.ts";
import { relativePath } from "../repository/relative-path.ts";
import type { RepositoryFile } from "../repository/repository-file.ts";
import { yamlText } from "../repository/yaml-text.ts";
import { fileNames, identity } from "./file-names.ts";
import { jsonPatchText, patchTarget, removalText } from "./json-patch-text.ts";

/** Folder below `components/` by axis. */
const axisFolders = { environment: "env", ring: "ring", region: "region", cluster: "cluster" } as const satisfies {
  readonly [Axis in PatchAxis]: string;
};

/** What people write beside a leaf: a component that no render ever touches. */
export const OVERRIDES = "overrides";

/**
 * A base for each unit, a Kustomize component for each environment, ring, region and cluster that changes it, and a leaf
 * for each place: one base and its components, in the order of the axes.
 *
 * @param overridden Leaf folders with an `overrides/` component of somebody's own, which comes last.
 */
export function kustomizePackaging(overridden: ReadonlySet<string> = new Set()): Packaging {
  return {
    name: "kustomize",
    files: (units) => units.flatMap((factored) => unitFiles(factored, overridden)),
    leafSource: (unit, leaf) => ({ kind: "kustomizePath", path: leafFolder(unit, leaf) }),
  };
}

function unitFiles(factored: FactoredUnit, overridden: ReadonlySet<string>): readonly RepositoryFile[] {
  const { unit, base, variations } = factored;
  const folder = `${unit.tree}/${unit.name}`;
  const tells = unit.tree === "apps" ? `Application/${unit.name}` : `Tenant/${unit.tenant}`;
  return [
    ...baseFiles(`${folder}/base`, base),
    ...variations.flatMap((variation) => componentFiles(componentFolder(folder, variation), variation)),
    ...leafFiles(factored, folder, overridden),
  ].map((file) => ({ ...file, tells }));
}

type Written = Omit<RepositoryFile, "tells">;

function baseFiles(folder: string, objects: readonly JsonObject[]): readonly Written[] {
  const files = objectFiles(folder, objects);
  const resources = files.map(({ path }) => path.slice(folder.length + 1)).sort();
  return [...files, { path: `${folder}/kustomization.yaml`, text: kustomizationText({ resources }) }];
}

function objectFiles(folder: string, objects: readonly JsonObject[]): readonly Written[] {
  const keys = objects.map(objectKeyOf);
  const names = fileNames(keys);
  return objects.map((object) => ({
    path: `${folder}/${names.get(identity(objectKeyOf(object)))}.yaml`,
    text: yamlText(object),
  }));
}

function componentFolder(unitFolder: string, { axis, name }: Variation): string {
  return `${unitFolder}/components/${axisFolders[axis]}/${name}`;
}

function componentFiles(folder: string, { adds, removes, patches }: Variation): readonly Written[] {
  const names = fileNames([...removes, ...patches.map(({ target }) => target)]);
  const added = objectFiles(folder, adds);
  const removals = removes.map((key) => ({ path: `${names.get(identity(key))}.removed.yaml`, text: removalText(key) }));
  const changes = patches.map(({ target, operations }) => ({
    path: `${names.get(identity(target))}.patch.yaml`,
    target: patchTarget(target),
    text: jsonPatchText(operations),
  }));
  const text = kustomizationText({
    kind: "Component",
    resources: added.map(({ path }) => path.slice(folder.length + 1)).sort(),
    patches: [...removals.map(({ path }) => ({ path })), ...changes.map(({ path, target }) => ({ path, target }))],
  });
  return [
    ...added,
    ...[...removals, ...changes].map((file) => ({ path: `${folder}/${file.path}`, text: file.text })),
    { path: `${folder}/kustomization.yaml`, text },
  ];
}

function leafFiles(factored: FactoredUnit, unitFolder: string, overridden: ReadonlySet<string>): readonly Written[] {
  const { unit } = factored;
  return unit.leaves.map((leaf) => {
    const folder = leafFolder(unit, leaf);
    const components = variationsAt(factored, leaf).map((variation) =>
      relativePath(folder, componentFolder(unitFolder, variation)),
    );
    const text = kustomizationText({
      resources: [relativePath(folder, `${unitFolder}/base`)],
      components: overridden.has(folder) ? [...components, OVERRIDES] : components,
    });
    return { path: `${folder}/kustomization.yaml`, text };
  });
}

interface KustomizationFields {
  readonly kind?: "Component";
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly patches?: readonly unknown[];
}

function kustomizationText({ kind, resources, components = [], patches = [] }: KustomizationFields): string {
  const isComponent = kind === "Component";
  return yamlText({
    apiVersion: `kustomize.config.k8s.io/${isComponent ? "v1alpha1" : "v1beta1"}`,
    kind: kind ?? "Kustomization",
    ...(isComponent && resources.length === 0 ? {} : { resources }),
    ...(components.length === 0 ? {} : { components }),
    ...(patches.length === 0 ? {} : { patches }),
  });
}
