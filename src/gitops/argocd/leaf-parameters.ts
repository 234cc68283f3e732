import type { DeliveryLeaf, DeliveryTree, DeliveryUnit } from "../delivery/delivery-unit.ts";
import type { Packaging } from "../packaging.ts";
import { leafName } from "../repository/leaf-folder.ts";

/** What an ApplicationSet has to know of one leaf: one small file each, from which its template makes an Application. */
export interface LeafParameters {
  /** Name of the Application, unique over all clusters. */
  readonly application: string;
  readonly cluster: string;
  readonly environment: string;
  /** `none` where the cluster names no ring. */
  readonly ring: string;
  readonly region: string;
  readonly project: string;
  readonly namespace: string;
  /** Kustomization or chart, relative to the root of the repository. */
  readonly folder: string;
  /** Of a chart. */
  readonly release?: string;
  /** Of a chart; `/` is the root of the repository. */
  readonly valueFiles?: readonly string[];
}

/** The project that platform units are in; tenants have one of their own each. */
export const PLATFORM_PROJECT = "platform";

export function leafParameters(packaging: Packaging, unit: DeliveryUnit, leaf: DeliveryLeaf): LeafParameters {
  const source = packaging.leafSource(unit, leaf);
  const { cluster, environment, region, ring = "none" } = leaf;
  const place = { cluster, environment, ring, region };
  const common = {
    application: `${cluster}-${leafName(unit, leaf)}`,
    ...place,
    project: projectOf(unit),
    namespace: unit.namespace ?? "default",
  };
  if (source.kind === "kustomizePath") return { ...common, folder: source.path };
  return {
    ...common,
    namespace: source.namespace,
    folder: source.chart,
    release: source.release,
    valueFiles: source.valueFiles.map((file) => `/${file}`),
  };
}

/** Where the files of a tree's leaves are, as a pattern of the git generator. */
export function leafFilePattern(tree: DeliveryTree): string {
  return `clusters/*/argocd/${tree}/*.json`;
}

export function leafFilePath(unit: DeliveryUnit, leaf: DeliveryLeaf): string {
  return `clusters/${leaf.cluster}/argocd/${unit.tree}/${leafName(unit, leaf)}.json`;
}

/** Nothing that a tenant names may be taken for the platform's. */
export function projectOf({ tree, tenant }: DeliveryUnit): string {
  if (tree === "platform") return PLATFORM_PROJECT;
  return tenant === PLATFORM_PROJECT ? `${tenant}-apps` : tenant;
}
