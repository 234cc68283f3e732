import { CLUSTER_PLACEHOLDER } from "../../estate/sources/referenced-paths.ts";
import type { DeliveryUnit } from "../../gitops/delivery/delivery-unit.ts";
import { leafFolder } from "../../gitops/repository/leaf-folder.ts";
import { relativePath } from "../../gitops/repository/relative-path.ts";

/**
 * `manifests` of an application whose leaves are those of a unit, as a document in a folder of the repository says it:
 * by environment, with a placeholder for the cluster.
 */
export function leafManifests(unit: DeliveryUnit, from: string): { readonly [environment: string]: string } {
  return Object.fromEntries(
    unit.leaves.map((leaf) => {
      const [root = "", , ...rest] = leafFolder(unit, leaf).split("/");
      return [leaf.environment, relativePath(from, [root, CLUSTER_PLACEHOLDER, ...rest].join("/"))];
    }),
  );
}
