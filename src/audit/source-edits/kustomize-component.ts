import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { objectId } from "../../estate/kubernetes/object-index.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { DocumentEdit } from "./document-edit.ts";
import { kustomizePatch, targetOf } from "./kustomize-patch.ts";
import { documentText } from "./text-workspace.ts";

/**
 * What turns the objects of one estate into those of another, as Kustomize components: files by path below a folder. One
 * component for each environment, or each cluster of it where they differ; nothing but the files themselves for a single one.
 */
export function kustomizeComponents(before: Estate, after: Estate): ReadonlyMap<string, string> {
  const known = new Map(before.objects.map((placed) => [objectId(placed), placed]));
  const byEnvironment = Map.groupBy(after.objects, ({ environment }) => environment);
  const components = [...byEnvironment].flatMap(([environment, placed]) => {
    const clusters = [...Map.groupBy(placed, ({ cluster }) => cluster)]
      .map(([cluster, own]) => ({ cluster, files: componentOf(known, own) }))
      .filter(({ files }) => files.size > 0);
    const [first] = clusters;
    if (first === undefined) return [];
    const isSame = clusters.every(({ files }) => equalValues([...files], [...first.files]));
    return isSame
      ? [{ folder: environment, files: first.files }]
      : clusters.map(({ cluster, files }) => ({ folder: `${environment}/${cluster}`, files }));
  });
  const isSingle = components.length === 1;
  return new Map(
    components.flatMap(({ folder, files }) =>
      [...files].map(([name, text]) => [isSingle ? name : `${folder}/${name}`, text] as const),
    ),
  );
}

function componentOf(
  before: ReadonlyMap<string, PlacedObject>,
  placed: readonly PlacedObject[],
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const resources: string[] = [];
  const patches: unknown[] = [];
  for (const each of placed.toSorted((left, right) => (objectId(left) < objectId(right) ? -1 : 1))) {
    const { object, namespace } = each;
    const given = before.get(objectId(each))?.object;
    const stem = [namespace, object.name, object.kind]
      .filter((part) => part !== undefined)
      .join("-")
      .toLowerCase();
    if (given === undefined) {
      files.set(`${stem}.yaml`, documentText(object.value, undefined));
      resources.push(`${stem}.yaml`);
    } else if (!equalValues(given.value, object.value)) {
      const target = { ...object, value: given.value };
      files.set(
        `${stem}-patch.yaml`,
        documentText(kustomizePatch(target, differences(given.value, object.value)).value, undefined),
      );
      patches.push({ path: `${stem}-patch.yaml`, target: targetOf(target) });
    }
  }
  if (files.size === 0) return files;
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1alpha1",
    kind: "Component",
    ...(resources.length === 0 ? {} : { resources }),
    ...(patches.length === 0 ? {} : { patches }),
  };
  return new Map([["kustomization.yaml", documentText(kustomization, undefined)], ...files]);
}

/** The edits that make one value of the other; lists whose items only changed or grew at the end are edited item by item. */
function differences(from: unknown, to: unknown, path: FieldPath = []): readonly DocumentEdit[] {
  if (equalValues(from, to)) return [];
  if (isJsonObject(from) && isJsonObject(to)) {
    const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
    return [
      ...removed.map((key) => ({ path: [...path, key], value: undefined })),
      ...Object.entries(to).flatMap(([key, value]) => differences(from[key], value, [...path, key])),
    ];
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length <= to.length) {
    return to.flatMap((item, index) => differences(from[index], item, [...path, index]));
  }
  return [{ path, value: to }];
}
