import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { DeclaredPart } from "../../estate/model/declared-part.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A cluster that a document declares. */
export type DeclaredCluster = Cluster & { readonly declared: DeclaredPart };

/** A node pool that a document declares. */
export type DeclaredPool = NodePool & { readonly declared: DeclaredPart };

/** Clusters of the Cluster documents. Where there is none, rules about clusters have nothing to speak of. */
export function declaredClusters({ clusters }: Estate): readonly DeclaredCluster[] {
  return clusters.filter((cluster): cluster is DeclaredCluster => cluster.declared !== undefined);
}

/** Clusters that are declared and that AKS does not run by itself: with Automatic, pools and upgrades are the provider's. */
export function operatedClusters(estate: Estate): readonly DeclaredCluster[] {
  return declaredClusters(estate).filter(({ sku }) => sku !== "Automatic");
}

/** The pools that the cluster's document lists; empty where pools are only assumed. */
export function declaredPools({ nodePools }: Cluster): readonly DeclaredPool[] {
  return nodePools.filter((pool): pool is DeclaredPool => pool.declared !== undefined);
}

/**
 * A setting of a cluster or pool: as declared; where the document does not say, AKS's own default if the estate is declared
 * complete, and otherwise not known.
 */
export function settingOf<Value>(estate: Estate, declared: Value | undefined, byDefault: Value): Value | undefined {
  return declared ?? (estate.complete ? byDefault : undefined);
}

/** The same for a field that the model fills with a default: what was filled counts only in a complete estate. */
export function statedSetting<Value>(
  estate: Estate,
  { declared }: DeclaredCluster | DeclaredPool,
  field: FieldPath,
  value: Value,
): Value | undefined {
  return declared.states(field) || estate.complete ? value : undefined;
}
