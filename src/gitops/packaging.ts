import type { DeliveryLeaf, DeliveryUnit } from "./delivery/delivery-unit.ts";
import type { FactoredUnit } from "./factoring/factored-unit.ts";
import type { RepositoryFile } from "./repository/repository-file.ts";

export const packagingNames = ["kustomize", "helm"] as const;

export type PackagingName = (typeof packagingNames)[number];

/** How objects are written: as Kustomize bases and components, or as charts with values. */
export interface Packaging {
  readonly name: PackagingName;
  /** Every file that the leaves are built from. Paths are unique; texts are without the stamp, which comes later. */
  readonly files: (units: readonly FactoredUnit[]) => readonly RepositoryFile[];
  /** What an agent has to point at to deliver one leaf. */
  readonly leafSource: (unit: DeliveryUnit, leaf: DeliveryLeaf) => LeafSource;
}

type LeafSource = KustomizePath | ChartWithValues;

/** A folder with a kustomization. */
interface KustomizePath {
  readonly kind: "kustomizePath";
  /** Relative to the root of the repository. */
  readonly path: string;
}

/** A chart in the repository with the values of one leaf. */
export interface ChartWithValues {
  readonly kind: "chart";
  /** Folder of the chart, relative to the root of the repository. */
  readonly chart: string;
  readonly release: string;
  /** Where the release is recorded; objects name their own namespace. */
  readonly namespace: string;
  /** Files relative to the root of the repository, later ones win. */
  readonly valueFiles: readonly string[];
}
