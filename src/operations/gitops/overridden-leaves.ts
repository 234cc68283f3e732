import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { OVERRIDES } from "../../gitops/kustomize/kustomize-packaging.ts";
import type { FolderState } from "../../gitops/regeneration/plan-changes.ts";
import { leafFolder } from "../../gitops/repository/leaf-folder.ts";

/** Leaves beside which somebody wrote a component of their own. */
export function overriddenLeaves({ files }: FolderState, units: readonly DeliveryUnit[]): ReadonlySet<string> {
  const folders = units.flatMap((unit) => unit.leaves.map((leaf) => leafFolder(unit, leaf)));
  return new Set(folders.filter((folder) => files.has(`${folder}/${OVERRIDES}/kustomization.yaml`)));
}
