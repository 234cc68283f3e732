import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { KUSTOMIZATION_NAMES } from "../../estate/sources/referenced-paths.ts";
import { isUnder, joinSourcePath, normalizeSourcePath, sourceDirectory } from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { PromotionFolder } from "../../gitops/process/repository-shape.ts";
import { sourceDocuments } from "./estate-documents.ts";

/**
 * Where the version of an application can be set for one environment alone: a Kustomize folder that its document names for
 * that environment and no other. Paths are from the one folder that the estate is read from; none where there are several.
 */
export function promotionFolders(estate: Estate, sources: SourceSet): readonly PromotionFolder[] {
  const [root, ...others] = sources.roots.map(normalizeSourcePath);
  if (root === undefined || others.length > 0 || root === "-") return [];
  const hasKustomization = (folder: string) =>
    KUSTOMIZATION_NAMES.some((name) => sources.texts.has(joinSourcePath(folder, name)));
  const documents = new Map(
    sourceDocuments(sources).flatMap((each) => (each.kind === "Application" ? [[each.name, each] as const] : [])),
  );
  return estate.applications.flatMap(({ name, environments }) => {
    const document = documents.get(name);
    if (document === undefined) return [];
    const manifests = asObject(asObject(document.value.spec).manifests);
    const folders = environments.flatMap((environment) => {
      const written = asText(manifests[environment] ?? manifests["default"]);
      const folder = written === undefined ? "" : joinSourcePath(sourceDirectory(document.source), written);
      return isUnder(folder, root) && hasKustomization(folder) ? [{ environment, folder }] : [];
    });
    return folders
      .filter(({ folder }) => folders.filter((each) => each.folder === folder).length === 1)
      .map(({ environment, folder }) => ({
        application: name,
        environment,
        folder: root === "." ? folder : folder.slice(root.length + 1),
      }));
  });
}
