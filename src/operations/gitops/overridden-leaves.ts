import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { VALUES_OVERRIDE } from "../../gitops/helm/helm-packaging.ts";
import { OVERRIDES } from "../../gitops/kustomize/kustomize-packaging.ts";
import type { PackagingName } from "../../gitops/packaging.ts";
import type { FolderState } from "../../gitops/regeneration/plan-changes.ts";
import { leafFolder } from "../../gitops/repository/leaf-folder.ts";

/** By packaging, the file that makes an override. */
const overrideFiles: { readonly [Name in PackagingName]: string } = {
  kustomize: `${OVERRIDES}/kustomization.yaml`,
  helm: VALUES_OVERRIDE,
};

/** Leaves beside which somebody wrote a component, or values, of their own. */
export function overriddenLeaves(
  { files }: FolderState,
  units: readonly DeliveryUnit[],
  packaging: PackagingName,
): ReadonlySet<string> {
  const folders = units.flatMap((unit) => unit.leaves.map((leaf) => leafFolder(unit, leaf)));
  return new Set(folders.filter((folder) => files.has(`${folder}/${overrideFiles[packaging]}`)));
}
